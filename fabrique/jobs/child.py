"""The parent's side: starts the child, hears each step, ends it when it is silent for too long."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec

import fabrique
from fabrique.jobs.office import PATIENCE
from fabrique.jobs.refusals import Unfit

DRAW = "fabrique.jobs.draw"
SILENCE = 30.0  # seconds for one page, or one picture
Process = subprocess.Popen[bytes]
HERE = Path(fabrique.__file__).parent.parent
KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")  # of the environment: no secret, no address


async def steps(kind: str, source: Path, folder: Path) -> AsyncIterator[dict[str, Any]]:
    """Draw `source` into `folder`, giving what the child says; raise `Unfit`.

    Whoever stops listening ends the child.
    """
    process = await asyncio.to_thread(start, DRAW, kind, str(source), str(folder), folder=folder)
    hearing = asyncio.StreamReader()
    pipe = await _hearing(process, hearing)
    page, limit = 0, SILENCE
    try:
        while True:
            said = await _hear(hearing, kind, page, limit)
            if "no" in said:
                raise Unfit(said["no"], **said["values"])
            if "done" in said:
                return
            page = said.get("page", page)
            limit = PATIENCE + SILENCE if "converting" in said else SILENCE
            yield said
    finally:
        pipe.close()
        await asyncio.shield(asyncio.to_thread(end, process))


def answer(module: str, *arguments: str, folder: Path, patience: float) -> bytes:
    """Have one of our modules work in `folder`, from a thread; give all that it says.

    Nothing, where it took too much of the machine or longer than `patience`.
    """
    process = start(module, *arguments, folder=folder)
    limit = threading.Timer(patience, end, [process])
    limit.start()
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with process.stdout as heard:
            return heard.read()
    finally:
        limit.cancel()
        end(process)


def start(module: str, *arguments: str, folder: Path) -> Process:
    """Start one of our modules, which sees nothing of this process and ends with it."""
    # Not by the loop: uvloop's way of starting a process can wait for ever where there are threads.
    given = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own module
        (sys.executable, "-m", module, *arguments),
        stdin=subprocess.PIPE,  # closes when we end, however that happens
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=HERE,
        env={**given, "HOME": str(folder), "TMPDIR": str(folder)},
        start_new_session=True,
    )


async def _hearing(process: Process, into: asyncio.StreamReader) -> asyncio.ReadTransport:
    loop = asyncio.get_running_loop()
    protocol = asyncio.StreamReaderProtocol(into)
    pipe, _ = await loop.connect_read_pipe(lambda: protocol, process.stdout)
    return pipe


async def _hear(
    hearing: asyncio.StreamReader, kind: str, page: int, limit: float
) -> dict[str, Any]:
    try:
        async with asyncio.timeout(limit):
            line = await hearing.readline()
    except TimeoutError:
        raise _slow(kind, page) from None
    if not line:
        raise _dead(kind, page)
    found: dict[str, Any] = msgspec.json.decode(line)
    return found


def _slow(kind: str, page: int) -> Unfit:
    return Unfit("page_slow", page=page) if page else _dead(kind, page)


def _dead(kind: str, page: int) -> Unfit:
    """Say what it was at when it ended without a word."""
    if page:
        return Unfit("page_heavy", page=page)
    return Unfit("picture_broken" if kind == "picture" else "broken")


def end(process: Process) -> None:
    """End the child and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
