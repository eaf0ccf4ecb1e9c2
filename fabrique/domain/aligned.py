"""One clock for a session and its recording: where a moment of either lies in the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

from fabrique.domain.entry import Entry
from fabrique.domain.results import ordered_runs
from fabrique.domain.run import Run
from fabrique.domain.session import Session
from fabrique.domain.sources import quotable

Chapter = tuple[int, str]  # milliseconds of the recording as it came, title
MILLISECOND = timedelta(milliseconds=1)
# What recorders write into names: 20261130-101500, 2026-11-30 10.15.00, GMT20261130-101500.
STAMP = re.compile(
    r"(GMT|UTC)?(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:[-_ T.]|\s+(?:à|at)\s+)"
    r"(\d\d)[-_.:h]?(\d\d)[-_.:m]?(\d\d)(Z)?"
)


class Clock(Struct, frozen=True):
    """When a recording began, on the session's clock.

    `parts` are (where in the recording, how long after it began), in milliseconds: between two
    parts nothing was recorded.
    """

    began: datetime
    parts: tuple[tuple[int, int], ...] = ((0, 0),)

    def place(self, at: datetime) -> int:
        """Give where a moment of the session lies in the recording; below 0 before it began."""
        since = int((at - self.began) / MILLISECOND)
        number = max((n for n, (_, after) in enumerate(self.parts) if after <= since), default=0)
        heard, after = self.parts[number]
        place = heard + since - after
        following = self.parts[number + 1 : number + 2]
        return min(place, following[0][0]) if following else place

    def since(self, place: int) -> timedelta:
        """Give how long after it began a moment of the recording was."""
        heard, after = [one for one in self.parts if one[0] <= place][-1:][0]
        return timedelta(milliseconds=after + place - heard)

    def set_by(self, at: datetime, place: int) -> Clock:
        """Give the clock on which `at` is heard at `place`."""
        return Clock(at - self.since(place), self.parts)


def chapters(session: Session, clock: Clock, length: int) -> tuple[Chapter, ...]:
    """Give one chapter an activity, in order; tables that open the same one together make one.

    What was going on when the recording began is its first.
    """
    runs = sorted(ordered_runs(session), key=lambda run: run.opened_at)
    found: list[Chapter] = []
    for place, title in ((clock.place(one.opened_at), one.definition.title) for one in runs):
        at = max(place, 0)
        if found and found[-1][0] == at:
            found.pop()
        if at < length and not (found and found[-1][1] == title):
            found.append((at, title))
    return tuple(found)


def happened_at(
    ref: str, quote: str, session: Session, entries: Iterable[Entry]
) -> datetime | None:
    """Give when what a reference leads to happened: an idea, a vote, a message, a note, a slide."""
    kind, _, rest = ref.partition(":")
    if kind == "a":
        run = session.runs.get(rest) or next(reversed(session.runs_of(rest)), None)
        return None if run is None else _written(run, quote, entries) or run.opened_at
    found = {"n": _line, "m": _line, "s": _page}.get(kind)
    return next(found(rest, entries), None) if found else None


def _written(run: Run, quote: str, entries: Iterable[Entry]) -> datetime | None:
    """Give when the very words that are quoted were written in an activity."""
    wanted = quotable(quote)
    own = (one for one in entries if one.run == run.id and isinstance(_text(one), str))
    return next((one.at for one in own if wanted and quotable(_text(one)) == wanted), None)


def _text(entry: Entry) -> str:
    found = getattr(entry.body, "text", None)
    return found if isinstance(found, str) else ""


def _line(rest: str, entries: Iterable[Entry]) -> Iterator[datetime]:
    return (one.at for one in entries if str(one.seq) == rest)


def _page(rest: str, entries: Iterable[Entry]) -> Iterator[datetime]:
    run, _, page = rest.rpartition("/")
    pages = ((one, getattr(one.body, "page", None)) for one in entries if one.run == run)
    return (one.at for one, shown in pages if shown is not None and str(shown) == page)


def guess(
    title: str, written: str, length: int, held: tuple[datetime, datetime], zone: tzinfo
) -> tuple[datetime, str] | None:
    """Guess when a recording began, and from what: its name, what its file says; else nothing.

    Some files say when they ended. What leaves most of the session unheard is not believed.
    """
    span = timedelta(milliseconds=length)
    for at, source in ((_stamped(title, zone), "name"), (_read(written), "file")):
        for began in (at, at - span) if at else ():
            if _plausible(began, span, held):
                return began, source
    return None


def _plausible(began: datetime, span: timedelta, held: tuple[datetime, datetime]) -> bool:
    start, end = held
    shared = min(began + span, end) - max(began, start)
    return shared >= min(span, end - start) / 2 > timedelta(0)


def _stamped(title: str, zone: tzinfo) -> datetime | None:
    if not (found := STAMP.search(title)):
        return None
    numbers = [int(one) for one in found.groups()[1:7]]
    try:
        return datetime(*numbers, tzinfo=UTC if found[1] or found[8] else zone)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _read(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
