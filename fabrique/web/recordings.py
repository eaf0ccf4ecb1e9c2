"""Recordings on their way in, piece by piece, and the sound on its way out, from any moment on.

`POST /minutes/ID/recording?at=N` adds a piece after the first N bytes and answers `{"received"}`;
`GET /minutes/ID/sound.mp3`, `GET /library/SLUG/sound.mp3` and, for players, which send no cookie,
`GET /feeds/SECRET/SLUG/sound.mp3` give the sound, with ranges.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from fabrique.actions.access import NoAccess
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes import shared
from fabrique.actions.policy import allowed
from fabrique.domain.text import Text
from fabrique.live.endpoint import Answer, Channel, Scope, refusal, say
from fabrique.store.models import Recording
from fabrique.web.gate import header, looking
from fabrique.web.incoming import IDLE, Gone

PIECE = 16 * 1024 * 1024  # bytes at most
BLOCK = 256 * 1024
AT_ONCE = 6

NO_RIGHT = Text("This recording is not yours to send: sign in again, then choose the file again.")
BUSY = Text("The server is busy: try again in a moment.")
SLOW = Text("The piece took too long to arrive: choose the same file again to go on.")
_TAKE = re.compile(r"/minutes/([0-9a-f-]{36})/recording\Z")
_HEAR = re.compile(
    r"/(?:minutes/(?P<minutes>[0-9a-f-]{36})|library/(?P<slug>[-a-zA-Z0-9_]+)"
    r"|feeds/(?P<secret>[^/]+)/(?P<own>[-a-zA-Z0-9_]+))/sound\.mp3\Z"
)
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


class Recordings:
    """Takes pieces in, and lets be heard what may be."""

    def __init__(self) -> None:
        self._coming = 0
        self._locks: dict[UUID, asyncio.Lock] = {}

    async def answers(self, scope: Scope, receive: Channel, send: Channel) -> bool:
        """Answer a request of ours; say whether it was one."""
        if scope["method"] == "POST" and (found := _TAKE.match(scope["path"])):
            with contextlib.suppress(Gone):
                await say(send, *await self._take(scope, UUID(found[1]), receive))
            return True
        if scope["method"] in ("GET", "HEAD") and (found := _HEAR.match(scope["path"])):
            await _hear(scope, found.groupdict(), send)
            return True
        return False

    async def _take(self, scope: Scope, minutes: UUID, receive: Channel) -> Answer:
        try:
            row = await asyncio.to_thread(_own, scope, minutes)
        except NoAccess:
            return refusal(scope, HTTPStatus.FORBIDDEN, NO_RIGHT)
        if self._coming >= AT_ONCE:
            return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        at = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("at", "")
        self._coming += 1
        try:
            async with self._locks.setdefault(row.pk, asyncio.Lock()):
                if not at.isdecimal() or int(at) != await asyncio.to_thread(verbs.received, row):
                    return await self._told(row, HTTPStatus.CONFLICT)
                await _append(row, receive)
                return await self._told(row, HTTPStatus.OK)
        except TimeoutError:
            return refusal(scope, HTTPStatus.REQUEST_TIMEOUT, SLOW)
        except OSError:
            return refusal(scope, HTTPStatus.INSUFFICIENT_STORAGE, verbs.FULL)
        finally:
            self._coming -= 1

    async def _told(self, row: Recording, status: HTTPStatus) -> Answer:
        whole = await asyncio.to_thread(verbs.whole, row)
        if whole:
            self._locks.pop(row.pk, None)
        return status, {"received": await asyncio.to_thread(verbs.received, row), "whole": whole}


def _own(scope: Scope, minutes: UUID) -> Recording:
    """Find the recording that whoever asks may send, from a page of ours; raise `NoAccess`."""
    who = looking(scope)
    row = Recording.objects.select_related("minutes__gathering").filter(minutes=minutes).first()
    if row is None or row.state != "coming" or not allowed(who, "minutes:write", row.minutes):
        raise NoAccess
    return row


async def _append(row: Recording, receive: Channel) -> None:
    """Write what comes at the end of the file; never more than was announced."""
    path = verbs.folder_of(row.pk) / verbs.SOURCE
    room = min(PIECE, row.size - await asyncio.to_thread(verbs.received, row))
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


async def _hear(scope: Scope, asked: Mapping[str, str | None], send: Channel) -> None:
    path = await asyncio.to_thread(_sound, scope, asked)
    if path is None:
        await say(send, HTTPStatus.NOT_FOUND, {})
        return
    size = path.stat().st_size
    found = _RANGE.match(header(scope, b"range"))
    start, end = _span(found, size)
    if start >= end:
        await _begin(send, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, size, 0, 0)
        await send({"type": "http.response.body"})
        return
    status = HTTPStatus.PARTIAL_CONTENT if found else HTTPStatus.OK
    await _begin(send, status, size, start, end)
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body"})
        return
    await stream(path, start, end, send)


def _span(found: re.Match[str] | None, size: int) -> tuple[int, int]:
    """Read a range (RFC 9110): from, to, or so many last bytes."""
    if found is None or not (found[1] or found[2]):
        return 0, size
    if not found[1]:
        return max(0, size - int(found[2])), size
    return int(found[1]), min(size, int(found[2]) + 1) if found[2] else size


async def _begin(send: Channel, status: HTTPStatus, size: int, start: int, end: int) -> None:
    headers = [
        (b"content-type", b"audio/mpeg"),
        (b"accept-ranges", b"bytes"),
        (b"cache-control", b"private, no-cache"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-length", str(end - start).encode()),
    ]
    if status is HTTPStatus.PARTIAL_CONTENT:
        headers.append((b"content-range", f"bytes {start}-{end - 1}/{size}".encode()))
    elif status is HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        headers.append((b"content-range", f"bytes */{size}".encode()))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})


async def stream(path: Path, start: int, end: int, send: Channel) -> None:
    """Send the bytes of a file from `start` to `end`, some at a time."""
    file = await asyncio.to_thread(path.open, "rb")
    try:
        await asyncio.to_thread(file.seek, start)
        left = end - start
        while left > 0:
            piece = await asyncio.to_thread(file.read, min(BLOCK, left))
            if not piece:
                break
            left -= len(piece)
            body = {"type": "http.response.body", "body": piece, "more_body": left > 0}
            await send(body)
    finally:
        await asyncio.to_thread(file.close)


def _sound(scope: Scope, asked: Mapping[str, str | None]) -> Path | None:
    """Give the sound that whoever asks may hear: at the desk, or with an edition that has it."""
    if asked["minutes"]:
        rows = Recording.objects.select_related("minutes__gathering").filter(state="ready")
        row = rows.filter(minutes=UUID(asked["minutes"])).first()
        if row is None or not allowed(looking(scope), "minutes:write", row.minutes):
            return None
    elif asked["secret"]:
        row = shared.heard_by(asked["secret"], asked["own"] or "")
    else:
        row = shared.heard(asked["slug"] or "", looking(scope))
    path = verbs.folder_of(row.pk) / verbs.SOUND if row else None
    return path if path and path.is_file() else None
