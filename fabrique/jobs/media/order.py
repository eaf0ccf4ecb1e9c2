"""What is asked of a recording, what comes of it, and how far the work is."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from fabrique.domain.kept import Span, tidy

ORDER = "order.json"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # how a system says that a disk is full


class Order(Struct, frozen=True):
    """Moments in milliseconds, on the clock of the recording as it came.

    `removed` are spans to cut out, before anything is measured; `chapters` are (ms, title).
    """

    removed: tuple[Span, ...] = ()
    chapters: tuple[tuple[int, str], ...] = ()
    title: str = ""

    @property
    def cuts(self) -> tuple[Span, ...]:
        """Give the spans in order, none over another."""
        return tidy(self.removed)


class Sound(Struct, frozen=True):
    """The MP3 made: lengths in milliseconds, counted; loudness in LUFS, the true peak in dB.

    `declared` is what the file said its length was, 0 if nothing: where it is well above `heard`,
    the file broke off. `created` is when it says that it was made, as it says it.
    """

    duration: int
    heard: int
    declared: int
    loudness: float
    peak: float
    created: str = ""
    parts: tuple[int, ...] = ()  # the length of each file that it was recorded in

    @property
    def broke_off(self) -> bool:
        """Say whether the recording ends before it says that it does."""
        return ends_early(self.heard, self.declared)


def ends_early(heard: int, declared: int) -> bool:
    """Say whether less was heard than the file declares; a little less is a matter of rounding."""
    return declared - heard > max(2_000, declared // 100)


class Progress(Struct, frozen=True):
    """How far the work is, from 0 to 1, and the seconds it will still take, once they are known."""

    share: float
    left: float | None = None


Tell = Callable[[Progress], None]


def silently(_progress: Progress) -> None:
    """Tell nobody."""


def mark_of(source: Path, *more: object) -> str:
    """Tell one state of a file, and what is asked of it, from another."""
    found = source.stat()
    return repr((found.st_size, found.st_mtime_ns, *more))
