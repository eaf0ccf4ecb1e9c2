"""Files on their way in: streamed to the disk as they come; a slow sender holds no thread."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fabrique.jobs.content import HEAD, KINDS, LARGEST
from fabrique.jobs.refusals import Unfit

IDLE = 30.0  # seconds without a byte
LONGEST = 1800.0  # seconds for a whole file
GATHERED = 256 * 1024  # bytes written at once
MEGABYTE = 1024 * 1024
Channel = Callable[..., Any]


class Gone(Exception):  # noqa: N818 - nobody is left to be told
    """The sender left before the end."""


@asynccontextmanager
async def received(folder: Path, kind: str, receive: Channel) -> AsyncIterator[tuple[Path, str]]:
    """Give the file somebody sends, and what it is by its content; it is gone after the block.

    Raises `Unfit`, `TimeoutError`, or `Gone`; then nothing of it is left.
    """
    path = folder / secrets.token_hex(8)
    try:
        await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        async with asyncio.timeout(LONGEST):
            yield path, await _stream(path, kind, receive)
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def _stream(path: Path, kind: str, receive: Channel) -> str:
    """Write what comes; what is refused is read to its end, for browsers hear no answer before."""
    head, size, refused = b"", 0, None
    async for piece in _pieces(receive):
        size += len(piece)
        if len(head) < HEAD:
            head += piece[:HEAD]
        if refused is None:
            refused = _judged(kind, head, size)
        if size > 2 * max(LARGEST.values()):
            break
        if refused is None:
            await asyncio.to_thread(_append, path, piece)
    refused = refused or _judged(kind, head, size, whole=True)
    if refused is not None:
        raise refused
    return KINDS[kind](head)


def _judged(kind: str, head: bytes, size: int, *, whole: bool = False) -> Unfit | None:
    """Say no as soon as it is sure."""
    if size > LARGEST[kind]:
        return Unfit(f"{kind}_large", limit=LARGEST[kind] // MEGABYTE)
    try:
        if len(head) >= HEAD or whole:
            KINDS[kind](head)
    except Unfit as no:
        return no
    return None


async def _pieces(receive: Channel) -> AsyncIterator[bytes]:
    """Give what comes, some at a time; raise `Gone` or `TimeoutError`."""
    gathered, more = bytearray(), True
    while more:
        async with asyncio.timeout(IDLE):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        gathered += message.get("body", b"")
        more = message.get("more_body", False)
        if len(gathered) >= GATHERED or not more:
            yield bytes(gathered)
            gathered.clear()


def _append(path: Path, piece: bytes) -> None:
    with path.open("ab") as file:
        file.write(piece)
