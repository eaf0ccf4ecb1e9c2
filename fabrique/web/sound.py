"""The sound on its way out, from any moment on.

`GET /minutes/ID/sound.mp3`, `GET /library/SLUG/sound.mp3` and, for players, which send no cookie,
`GET /feeds/SECRET/SLUG/sound.mp3` give it, with ranges.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes import shared
from fabrique.actions.policy import allowed
from fabrique.live.endpoint import Channel, Scope, say
from fabrique.store.models import Recording
from fabrique.web.gate import header, looking

BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


async def hear(scope: Scope, asked: Mapping[str, str | None], send: Channel) -> None:
    """Answer with the sound, whole or the part of it that is asked for."""
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
