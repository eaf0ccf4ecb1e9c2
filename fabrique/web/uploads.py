"""`/s/CODE/media`: pictures and presentations that the animation sends, without a thread held.

`POST ?as=picture` answers `{"src", "small"?, "width", "height"}`, to be put in an `Image`;
`POST ?as=slides&name=FILE` answers `{"job"}`: the room adds the step itself, once all is drawn;
`GET` tells how far presentations are; `DELETE ?job=ID` gives one up.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from fabrique.actions.access import NoAccess
from fabrique.domain.language import language
from fabrique.domain.text import Text
from fabrique.jobs.child import steps
from fabrique.jobs.content import KINDS
from fabrique.jobs.deck import Deck, title_of
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.runner import Progress, Runner
from fabrique.live.endpoint import Answer, Channel, Scope, refusal, say
from fabrique.live.hub import Hub
from fabrique.store.here import media, sweep_media
from fabrique.web.delivery import Delivery
from fabrique.web.gate import header, leading
from fabrique.web.incoming import Gone, received

AT_ONCE = 6  # files coming in, for the whole house
PICTURES = 2  # decoded at the same time
WAITING = 20  # presentations
SWEEP = 24 * 3600.0  # seconds

NO_SEAT = Text("This link is no longer valid: join the session again.")
BUSY = Text("The server is busy: try again in a moment.")
SLOW = Text("The file took too long to arrive: nothing was kept.")
OVER = Text("The session is over.")
_PATH = re.compile(r"/s/([0-9A-Za-z]{4,12})/media\Z")


class Uploads:
    """Answers `/s/CODE/media`, and sees presentations into their sessions."""

    def __init__(self, hub: Hub) -> None:
        self._folder = Path(settings.DATA) / "jobs"
        self._runner = Runner(self._folder, media(), Delivery(hub))
        self._coming = 0
        self._decoding = asyncio.Semaphore(PICTURES)
        self._sweeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Go on with what the last stop interrupted; sweep, now and every day."""
        self._runner.start()
        self._sweeping = asyncio.create_task(_sweep())

    async def stop(self) -> None:
        """Stop drawing and sweeping."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        await self._runner.stop()

    async def answers(self, scope: Scope, receive: Channel, send: Channel) -> bool:
        """Answer a request of ours; say whether it was one."""
        found = _PATH.match(scope["path"])
        if found is None:
            return False
        with contextlib.suppress(Gone):
            await say(send, *await self._answer(scope, found[1], receive))
        return True

    async def _answer(self, scope: Scope, code: str, receive: Channel) -> Answer:
        try:
            head = await leading(scope, code)
        except NoAccess:
            return refusal(scope, HTTPStatus.FORBIDDEN, NO_SEAT)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        match scope["method"]:
            case "GET":
                return HTTPStatus.OK, {"jobs": self._told(scope, head.id)}
            case "DELETE":
                found = await self._runner.drop(head.id, query.get("job", ""))
                return (HTTPStatus.OK if found else HTTPStatus.NOT_FOUND), {}
            case "POST" if query.get("as") in KINDS:
                if head.ended_at is not None:
                    return refusal(scope, HTTPStatus.CONFLICT, OVER)
                return await self._take(scope, head.id, query, receive)
            case _:
                return HTTPStatus.METHOD_NOT_ALLOWED, {}

    async def _take(
        self, scope: Scope, session: int, query: dict[str, str], receive: Channel
    ) -> Answer:
        if self._coming >= AT_ONCE or self._runner.waiting() >= WAITING:
            return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        self._coming += 1
        try:
            async with received(self._folder / ".incoming", query["as"], receive) as (path, kind):
                if kind == "picture":
                    return HTTPStatus.OK, await self._picture(path)
                deck = Deck(secrets.token_hex(12), session, title_of(query.get("name", "")), kind)
                await self._runner.take(deck, path)
                return HTTPStatus.ACCEPTED, {"job": deck.id}
        except Unfit as no:
            large = no.why.endswith("_large")
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.BAD_REQUEST
            return refusal(scope, status, no.text)
        except TimeoutError:
            return refusal(scope, HTTPStatus.REQUEST_TIMEOUT, SLOW)
        finally:
            self._coming -= 1

    async def _picture(self, path: Path) -> dict[str, Any]:
        """Have a picture made fit, and keep it."""
        found: dict[str, Any] = {}
        async with self._decoding:
            with tempfile.TemporaryDirectory(dir=self._folder) as name:
                async for said in steps("picture", path, Path(name)):
                    found |= said
                return found | await asyncio.to_thread(_kept, Path(name))

    def _told(self, scope: Scope, session: int) -> list[dict[str, Any]]:
        code = "en" if header(scope, b"accept-language").lower().startswith("en") else "fr"
        return [_progress(one, code) for one in self._runner.of(session)]


def _kept(folder: Path) -> dict[str, str]:
    files = {"src": folder / "picture.webp", "small": folder / "picture.small.webp"}
    return {key: media().put(path.read_bytes()) for key, path in files.items() if path.exists()}


def _progress(one: Progress, code: str) -> dict[str, Any]:
    told = {"job": one.deck.id, "title": one.deck.title, "state": one.state}
    said = language(code).say(one.text) if one.text else ""
    return told | {"page": one.page, "pages": one.pages, "text": said}


async def _sweep() -> None:
    while True:
        await asyncio.to_thread(sweep_media)
        await asyncio.sleep(SWEEP)
