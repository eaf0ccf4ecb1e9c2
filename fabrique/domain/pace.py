"""At one's own pace: what stays open until a date, who was invited, and why an address is asked.

What is asked of the room, what its journal keeps, and the state it leaves. The date is that of
the whole session: every step opened at one's own pace closes by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

from fabrique.domain.entry import Entry
from fabrique.domain.run import Run
from fabrique.domain.schema import Index, Line, Part
from fabrique.domain.text import Invalid, Text

if TYPE_CHECKING:
    from fabrique.domain.session import Kinds, Session


FARTHEST = timedelta(days=60)  # a seat that is older no longer finds its answers


class When(Part, frozen=True):
    """Body of `pace.until`: a day and an hour of the session's own zone; none takes it away.

    As forms write them: "2026-11-24T18:00".
    """

    until: Annotated[str, Meta(max_length=32)] = ""


class Why(Part, frozen=True):
    """Body of `pace.address`, kept as it is: what an address is for; none: none is asked."""

    why: Line = ""


class Total(Part, frozen=True):
    """Body of `pace.invited`, kept as it is: how many people were invited; 0: not known."""

    people: Index = 0


class Sort(Part, frozen=True):
    """Body of `pace.sort`: who was invited by tier, trade…, a line each: "Venue: 120".

    Without lines, the sort is forgotten. `question` is "step/question", of which it has the words.
    """

    name: Line
    lines: Line = ""
    question: Line = ""


class Dated(Part, frozen=True):
    """What is open at one's own pace closes then; it may be another date than before, or none."""

    until: datetime | None = None


class Shut(Part, frozen=True):
    """What was open at one's own pace closes: `until` is the date that did it, if it was not us."""

    until: datetime | None = None


class Resumed(Part, frozen=True):
    """A run takes answers again: the date by which it had closed is another one now."""

    closes_at: datetime


class Invitees(Part, frozen=True):
    """How many people of one sort were invited."""

    label: Line
    people: Index


class Sorted(Part, frozen=True):
    """Who was invited by tier, by trade… and the question, if one asks it, as (step, question)."""

    name: Line
    groups: tuple[Invitees, ...] = ()
    question: tuple[Line, Line] | None = None


class Pace(Struct):
    """Until when people answer at their own pace, and what is known of those who were invited.

    `closed_at` is when all of it closed, by the date or by hand.
    """

    until: datetime | None = None
    closed_at: datetime | None = None
    why: str = ""
    invited: int = 0
    sorts: dict[str, Sorted] = {}

    @property
    def ends_at(self) -> datetime | None:
        """The date; the moment when it was closed by hand, if that was earlier."""
        return min((at for at in (self.until, self.closed_at) if at), default=None)


BODIES: dict[str, type[Part]] = {
    "dated": Dated,
    "shut": Shut,
    "resumed": Resumed,
    "addresses": Why,
    "invited": Total,
    "sorted": Sorted,
}


def paced_runs(session: Session) -> list[Run]:
    """Give what was opened at one's own pace, in the order of the plan."""
    places = {step.id: place for place, step in enumerate(session.plan.steps)}
    runs = [run for run in session.runs.values() if run.paced]
    return sorted(runs, key=lambda run: places.get(run.definition.id, len(places)))


def open_at_pace(session: Session) -> list[Run]:
    """Give what takes answers at one's own pace."""
    return [run for run in paced_runs(session) if run.closed_at is None]


def awaits_date(session: Session) -> bool:
    """Whether something is open until a date."""
    return session.pace.until is not None and bool(open_at_pace(session))


def moment(text: str, zone: str) -> datetime:
    """Read a day and an hour by the clocks of `zone`, as UTC; raise `Invalid`.

    An hour that comes twice in the autumn is the first; one that is skipped in the spring is
    as long after the jump.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(zone))
        return found.astimezone(UTC)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        raise Invalid(Text("Give a day and an hour."), ".until") from None


def _dated(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.pace.until, session.pace.closed_at = entry.body.until, None


def _shut(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.pace.closed_at = entry.at


def _resumed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.closes_at, run.closed_at = entry.body.closes_at, None


def _addresses(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.pace.why = entry.body.why


def _invited(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.pace.invited = entry.body.people


def _sorted(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if entry.body.groups:
        session.pace.sorts[entry.body.name] = entry.body
    else:
        session.pace.sorts.pop(entry.body.name, None)


Change = Callable[["Session", Entry, "Kinds"], None]
CHANGES: Mapping[str, Change] = {
    "dated": _dated,
    "shut": _shut,
    "resumed": _resumed,
    "addresses": _addresses,
    "invited": _invited,
    "sorted": _sorted,
}
