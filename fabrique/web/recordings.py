"""Recordings on their way in, piece by piece.

`POST /minutes/ID/recording?at=N` adds a piece after the first N bytes and answers `{"received"}`.
While it is being recorded, `&ago=MS` says that a part begins there and how long ago it did, and
`?end=N` that N bytes are all. `/send/TOKEN/recording` is the same for whoever holds a link.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.utils import timezone

from fabrique.actions.access import NoAccess
from fabrique.actions.minutes import links, live
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.policy import allowed
from fabrique.domain.text import Text
from fabrique.live.endpoint import Answer, Channel, Scope, refusal, say
from fabrique.store.models import Recording
from fabrique.web.gate import looking, sent_with
from fabrique.web.incoming import IDLE, Gone
from fabrique.web.sending import SENDING
from fabrique.web.sound import hear

PIECE = 16 * 1024 * 1024  # bytes at most
AT_ONCE = 6
DIGITS = 15
Asked = tuple[str | None, str | None]  # the minutes, or the secret of a link

NO_RIGHT = Text("This recording is not yours to send: sign in again, then choose the file again.")
BUSY = Text("The server is busy: try again in a moment.")
SLOW = Text("The piece took too long to arrive: choose the same file again to go on.")
_TAKE = re.compile(r"/(?:minutes/([0-9a-f-]{36})|send/([-\w]{20,64}))/recording\Z", re.ASCII)
_HEAR = re.compile(
    r"/(?:minutes/(?P<minutes>[0-9a-f-]{36})|library/(?P<slug>[-a-zA-Z0-9_]+)"
    r"|feeds/(?P<secret>[^/]+)/(?P<own>[-a-zA-Z0-9_]+))/sound\.mp3\Z"
)


class Recordings:
    """Takes pieces in, and lets be heard what may be."""

    def __init__(self) -> None:
        self._coming = 0
        self._locks: dict[UUID, asyncio.Lock] = {}

    async def answers(self, scope: Scope, receive: Channel, send: Channel) -> bool:
        """Answer a request of ours; say whether it was one."""
        if scope["method"] == "POST" and (found := _TAKE.match(scope["path"])):
            with contextlib.suppress(Gone):
                await say(send, *await self._take(scope, (found[1], found[2]), receive))
            return True
        if scope["method"] in ("GET", "HEAD") and (found := _HEAR.match(scope["path"])):
            await hear(scope, found.groupdict(), send)
            return True
        return False

    async def _take(self, scope: Scope, asked: Asked, receive: Channel) -> Answer:
        try:
            row = await asyncio.to_thread(_own, scope, asked)
        except NoAccess:
            return refusal(scope, HTTPStatus.FORBIDDEN, NO_RIGHT)
        if self._coming >= AT_ONCE:
            return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        said = _numbers(scope)
        self._coming += 1
        try:
            async with self._locks.setdefault(row.pk, asyncio.Lock()):
                if "end" in said:
                    return await self._closed(row, said["end"])
                if said.get("at") != await asyncio.to_thread(verbs.received, row):
                    return await self._told(row, HTTPStatus.CONFLICT)
                if "ago" in said:
                    now = timezone.now()
                    await asyncio.to_thread(live.part, row.pk, said["at"], said["ago"], now)
                await _append(row, receive)
                return await self._told(row, HTTPStatus.OK)
        except TimeoutError:
            return refusal(scope, HTTPStatus.REQUEST_TIMEOUT, SLOW)
        except OSError:
            return refusal(scope, HTTPStatus.INSUFFICIENT_STORAGE, verbs.FULL)
        finally:
            self._coming -= 1

    async def _closed(self, row: Recording, size: int) -> Answer:
        if await asyncio.to_thread(live.close, row, size):
            self._locks.pop(row.pk, None)
            return HTTPStatus.OK, {"received": size, "whole": True}
        return await self._told(row, HTTPStatus.CONFLICT)

    async def _told(self, row: Recording, status: HTTPStatus) -> Answer:
        whole = await asyncio.to_thread(verbs.whole, row)
        if whole:
            self._locks.pop(row.pk, None)
        return status, {"received": await asyncio.to_thread(verbs.received, row), "whole": whole}


def _numbers(scope: Scope) -> dict[str, int]:
    """Read what is asked: whole numbers, by name."""
    said = parse_qsl(scope["query_string"].decode("latin-1"))
    return {name: int(text) for name, text in said if text.isdecimal() and len(text) <= DIGITS}


def _own(scope: Scope, asked: Asked) -> Recording:
    """Find the recording that whoever asks may send, from a page of ours; raise `NoAccess`."""
    minutes, secret = asked
    row = _of_minutes(scope, UUID(minutes)) if minutes else _of_link(scope, secret or "")
    if row is None or row.state != "coming":
        raise NoAccess
    return row


def _of_minutes(scope: Scope, minutes: UUID) -> Recording | None:
    who = looking(scope)
    row = Recording.objects.select_related("minutes__gathering").filter(minutes=minutes).first()
    return row if row and allowed(who, "minutes:write", row.minutes) else None


def _of_link(scope: Scope, secret: str) -> Recording | None:
    own = sent_with(scope, SENDING)
    return links.own_recording(links.held(secret, own, timezone.now()))


async def _append(row: Recording, receive: Channel) -> None:
    """Write what comes at the end of the file; never more than was announced."""
    path = verbs.folder_of(row.pk) / verbs.SOURCE
    room = min(PIECE, await asyncio.to_thread(live.room, row, verbs.MOST))
    if row.live and not room:
        raise OSError(errno.ENOSPC, "no room is left for what is recorded")
    file = await asyncio.to_thread(path.open, "ab")
    try:
        more = True
        while more:
            async with asyncio.timeout(IDLE):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            piece = message.get("body", b"")[:room]
            room -= len(piece)
            more = message.get("more_body", False)
            await asyncio.to_thread(file.write, piece)
        await asyncio.to_thread(_kept, file)
    finally:
        await asyncio.to_thread(file.close)


def _kept(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
