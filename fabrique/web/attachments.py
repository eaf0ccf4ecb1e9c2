"""Files that go with a text of the library, on their way in and out.

`POST /library/r/SLUG/files?name=NAME` streams one to the disk, looks at it and answers `{"next"}`;
`GET /library/files/ID` gives one to whoever may open it, to be saved and never run; a picture that
was drawn anew here is shown with `?shown=1`.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import tempfile
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, quote
from uuid import UUID

from django.utils import timezone

from fabrique.actions.access import NoAccess
from fabrique.actions.library import files, read
from fabrique.actions.policy import allowed
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.attachment import MEDIA_TYPES, look
from fabrique.jobs.child import steps
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.words import plain
from fabrique.live.endpoint import Answer, Channel, Scope, refusal, say
from fabrique.store.models import Person, Resource, ResourceFile
from fabrique.web.gate import looking
from fabrique.web.incoming import Gone, received
from fabrique.web.sound import stream

AT_ONCE = 4  # files coming in
DRAWN = 2  # pictures at the same time
LONGEST_NAME = 150
NO_RIGHT = Text("This text is not yours to change: sign in again, then choose the file again.")
BUSY = Text("The server is busy: try again in a moment.")
SLOW = Text("The file took too long to arrive: nothing was kept.")
_TAKE = re.compile(r"/library/r/([-a-zA-Z0-9_]+)/files\Z")
_GIVE = re.compile(r"/library/files/([0-9a-f-]{36})\Z")


class Attachments:
    """Takes files in, and gives them to whom they are for."""

    def __init__(self) -> None:
        self._coming = 0
        self._drawing = asyncio.Semaphore(DRAWN)

    async def answers(self, scope: Scope, receive: Channel, send: Channel) -> bool:
        """Answer a request of ours; say whether it was one."""
        if scope["method"] == "POST" and (found := _TAKE.match(scope["path"])):
            with contextlib.suppress(Gone):
                await say(send, *await self._answer(scope, found[1], receive))
            return True
        if scope["method"] in ("GET", "HEAD") and (found := _GIVE.match(scope["path"])):
            await _give(scope, found[1], send)
            return True
        return False

    async def _answer(self, scope: Scope, slug: str, receive: Channel) -> Answer:
        try:
            row, by = await asyncio.to_thread(_own, scope, slug)
        except NoAccess:
            return refusal(scope, HTTPStatus.FORBIDDEN, NO_RIGHT)
        if self._coming >= AT_ONCE:
            return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        self._coming += 1
        try:
            await asyncio.to_thread(files.room_for, row)
            query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
            name = plain(query.get("name", ""), LONGEST_NAME) or "—"
            async with received(files.folder() / ".incoming", "attachment", receive) as (path, _):
                made = await self._take(row, path, name, by)
        except Unfit as no:
            large = no.why.endswith("_large")
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.BAD_REQUEST
            return refusal(scope, status, no.text)
        except Invalid as no:
            return refusal(scope, HTTPStatus.CONFLICT, no.text)
        except TimeoutError:
            return refusal(scope, HTTPStatus.REQUEST_TIMEOUT, SLOW)
        except OSError:
            return refusal(scope, HTTPStatus.INSUFFICIENT_STORAGE, files.FULL)
        finally:
            self._coming -= 1
        # An address of its own, so that a browser goes there and sends no form again.
        return HTTPStatus.OK, {"next": f"/library/r/{slug}/edit/?added={made.pk}#files"}

    async def _take(self, row: Resource, path: Path, name: str, by: Person) -> ResourceFile:
        """Look at a file and keep it: a picture as it was drawn anew, anything else as it came."""
        kind = await asyncio.to_thread(look, path, name)
        title, now = name.rpartition(".")[0] or name, timezone.now()
        if kind != "picture":
            return await asyncio.to_thread(files.add, row, path, (title, kind), by, now)
        async with self._drawing:
            with tempfile.TemporaryDirectory(dir=path.parent) as place:
                async for _ in steps("picture", path, Path(place)):
                    pass
                drawn = Path(place) / "picture.webp"
                return await asyncio.to_thread(files.add, row, drawn, (title, "webp"), by, now)


def _own(scope: Scope, slug: str) -> tuple[Resource, Person]:
    """Find the text that whoever asks may add to, from a page of ours; raise `NoAccess`."""
    who = looking(scope)
    row = read.of_slug(slug, who)
    if row is None or who.person is None or not allowed(who, "resource:write", row):
        raise NoAccess
    return row, who.person


async def _give(scope: Scope, pk: str, send: Channel) -> None:
    row = await asyncio.to_thread(_open, scope, pk)
    path = files.path_of(row) if row else None
    if row is None or path is None or not path.is_file():
        await say(send, HTTPStatus.NOT_FOUND, {})
        return
    shown = b"shown=1" in scope["query_string"] and row.kind == "webp"
    await send(
        {
            "type": "http.response.start",
            "status": int(HTTPStatus.OK),
            "headers": _headers(row, shown=shown),
        }
    )
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body"})
    else:
        await stream(path, 0, row.size, send)


def _headers(row: ResourceFile, *, shown: bool) -> list[tuple[bytes, bytes]]:
    """Have a browser save it under its name, run nothing of it, and show it nowhere else."""
    way = "inline" if shown else "attachment"
    name = f"{way}; filename=\"fichier.{row.kind}\"; filename*=UTF-8''{quote(str(row), safe='')}"
    return [
        (b"content-type", MEDIA_TYPES[row.kind].encode()),
        (b"content-length", str(row.size).encode()),
        (b"content-disposition", name.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"sandbox; default-src 'none'"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"private, no-cache"),
    ]


def _open(scope: Scope, pk: str) -> ResourceFile | None:
    try:
        wanted = UUID(pk)
    except ValueError:
        return None
    row = ResourceFile.objects.select_related("resource").filter(pk=wanted).first()
    return row if row is not None and allowed(looking(scope), "file:open", row) else None
