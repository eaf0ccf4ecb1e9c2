"""Where moments of a session are heard in its recording."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from fabrique.domain.aligned import Chapter, Clock, chapters, happened_at
from fabrique.domain.archive import Archive
from fabrique.domain.kept import Span, moved, restored, tidy
from fabrique.domain.session import Session, fold
from fabrique.domain.timeline import began_at
from fabrique.store.here import kinds
from fabrique.store.models import Minutes, Recording

ANNOUNCED, WITH_SESSION = "announced", "session"  # how a clock that nobody set is known


def told_clock(row: Recording | None, archive: Archive) -> tuple[Clock, str] | None:
    """Give when a recording began, and how that is known; None where nothing says it.

    Nobody set it: it began when the screens said that it did.
    """
    if row is None:
        return None
    if row.began_at:
        parts = tuple((heard, since) for heard, since in row.joins)
        return Clock(row.began_at, parts or ((0, 0),)), row.aligned
    said = (one.at for one in archive.entries if one.kind == "session.recorded" and one.body.on)
    first = next(said, None)
    return (Clock(first), ANNOUNCED) if first else None


class Timed(Struct, frozen=True, dict=True):
    """A session and its recording on one clock."""

    row: Recording
    archive: Archive

    @cached_property
    def session(self) -> Session:
        """Give the session as its journal left it."""
        return fold(Session(self.archive.plan), self.archive.entries, kinds())

    @cached_property
    def known(self) -> tuple[Clock, str]:
        """Give the clock and how it is known; nothing says it: it began with the session."""
        found = told_clock(self.row, self.archive)
        return found or (Clock(began_at(self.session)), WITH_SESSION)

    @property
    def clock(self) -> Clock:
        """Give the clock."""
        return self.known[0]

    @property
    def removed(self) -> tuple[Span, ...]:
        """Give what was cut out of the recording."""
        return tidy((start, end) for start, end in self.row.removed)

    @property
    def length(self) -> int:
        """Give the length of the recording as it came, in milliseconds."""
        return restored(self.row.duration, self.removed)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """Give the chapters, on the clock of the recording as it came; those wholly cut are out."""
        found = chapters(self.session, self.clock, self.length)
        ends = [*(at for at, _ in found), self.length][1:]
        return tuple(
            (at, title)
            for (at, title), end in zip(found, ends, strict=True)
            if title and moved(at, self.removed) < moved(end, self.removed)
        )

    def place(self, ref: str, quote: str = "") -> int | None:
        """Give where what a reference leads to lies in the recording; None where it does not.

        An activity goes on: where its beginning was cut out, what follows is heard.
        """
        at = happened_at(ref, quote, self.session, self.archive.entries)
        place = None if at is None else self.clock.place(at)
        if place is None or not 0 <= place < self.length:
            return None
        cut = any(start <= place < end for start, end in self.removed)
        return None if cut and not ref.startswith("a:") else place


def timed(minutes: Minutes, archive: Archive) -> Timed | None:
    """Give the clock that a session and its sound share; None while there is no sound."""
    row = Recording.objects.filter(minutes=minutes, state="ready").first()
    return Timed(row, archive) if row and row.duration else None
