"""The parent's side: starts the child, hears how far it is, ends it when silent for too long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from fabrique.jobs.child import Process, end, start
from fabrique.jobs.media.order import FULL, ORDER, Order, Progress, Sound, Tell, silently
from fabrique.jobs.refusals import Unfit

CHILD = "fabrique.jobs.media.child"
SILENCE = 1800.0  # seconds: what a slow machine may take for six minutes of speech


def make_mp3(source: Path, folder: Path, order: Order, tell: Tell = silently) -> Sound:
    """Write `sound.mp3` into `folder`, which keeps what a next try needs; raise `Unfit`.

    Called again after any end, with the same folder, it goes on where it was.
    """
    return msgspec.convert(have("sound", source, folder, order, tell), Sound)


def have(work: str, source: Path, folder: Path, order: Any, tell: Tell) -> Any:
    """Have a child do `work`; give what it made; raise `Unfit`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ORDER).write_bytes(msgspec.json.encode(order))
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Unfit("disk_full") from None
    process = start(CHILD, work, str(source.resolve()), str(folder.resolve()), folder=folder)
    try:
        return _listen(process, tell)
    finally:
        end(process)


def _listen(process: Process, tell: Tell) -> Any:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    begun, first = time.monotonic(), None
    with process.stdout as lines:
        while line := _next(process, lines):
            said = msgspec.json.decode(line)
            if "no" in said:
                raise Unfit(said["no"], **said["values"])
            if "done" in said:
                return said["done"]
            if first is None:  # what an earlier try had done is no measure of this one
                begun, first = time.monotonic(), said["share"]
            tell(_progress(said["share"], first, time.monotonic() - begun))
    raise Unfit("sound_stopped")


def _progress(share: float, first: float, seconds: float) -> Progress:
    done = share - first
    return Progress(share, seconds * (1 - share) / done if done > 0 else None)


def _next(process: Process, lines: Any) -> bytes:
    with _patience(process):
        line: bytes = lines.readline()
    return line


@contextmanager
def _patience(process: Process) -> Iterator[None]:
    limit = threading.Timer(SILENCE, process.kill)
    limit.daemon = True
    limit.start()
    try:
        yield
    finally:
        limit.cancel()
