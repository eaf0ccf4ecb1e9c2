"""The session as a fold of its journal: who came, what was opened, closed, revealed, erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from fabrique.domain.activity import Activity, Definition, Run
from fabrique.domain.entry import BLANK, Blank, Entry
from fabrique.domain.lines import BODIES, Closed, Ended, Joined, Redacted
from fabrique.domain.people import Attendee, People
from fabrique.domain.schema import Line, Part, Whole, read

__all__ = [
    "FAMILY",
    "Closed",
    "Ended",
    "Joined",
    "Kinds",
    "Participant",
    "Plan",
    "Redacted",
    "Session",
    "body_type",
    "fold",
]

FAMILY = "session"
Kinds = Mapping[str, Activity[Any, Any]]


class Participant(Part, frozen=True):
    """A line of the side table of names: who a participant id stands for, and for how many."""

    id: Line
    name: Line
    heads: Whole = 1
    group: Line | None = None


class Plan(Part, frozen=True, omit_defaults=False):
    """What was prepared: titles, times, the running order, and what is open all along."""

    title: Line
    kind: Line
    language: Line
    starts_at: datetime
    timezone: Line = "Europe/Paris"
    facilitator: Line = ""
    introduction: Line = ""
    notice: Line = ""  # shown on every screen: "simulated participants", for one
    steps: tuple[Definition, ...] = ()
    beside: tuple[Definition, ...] = ()  # chat, slides: opened at the start, closed at the end

    def step(self, step_id: str) -> Definition | None:
        """Find a step or an activity beside the running order by its id."""
        return next((one for one in (*self.steps, *self.beside) if one.id == step_id), None)


class Session(Struct):
    """The state of a session after its journal up to `seq`."""

    plan: Plan
    people: People = field(default_factory=People)
    runs: dict[str, Run] = {}
    ops: dict[tuple[str, str], int] = {}  # (participant, op) → seq: the same act is done once
    refused: dict[str, int] = {}
    ended_at: datetime | None = None
    last_at: datetime | None = None
    seq: int = 0

    def runs_of(self, step: str) -> list[Run]:
        """Give every opening of a step, oldest first."""
        return [run for run in self.runs.values() if run.definition.id == step]

    def open_runs(self) -> list[Run]:
        """Give the runs that take answers now."""
        return [run for run in self.runs.values() if run.closed_at is None]


def body_type(kinds: Kinds, kind: str) -> type[Struct] | None:
    """Find the type of an entry's body; None for a kind this house no longer has."""
    family, _, verb = kind.partition(".")
    if kind == BLANK:
        return Blank
    if family == FAMILY:
        return BODIES.get(verb)
    if family not in kinds:
        return None
    return kinds[family].kept.get(verb) or kinds[family].verbs.get(verb)


def fold(session: Session, entries: Iterable[Entry], kinds: Kinds) -> Session:
    """Give the session after `entries`; it is changed in place. Unknown kinds are passed over."""
    for entry in entries:
        session.seq = entry.seq
        session.last_at = entry.at
        session.ops.setdefault((entry.participant, entry.op), entry.seq)
        family, _, verb = entry.kind.partition(".")
        if family == FAMILY:
            if change := _CHANGES.get(verb):
                change(session, entry, kinds)
        elif (run := session.runs.get(entry.run or "")) and run.definition.kind == family:
            run.state = kinds[family].fold(run.definition, run.state, entry)
    return session


def _joined(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.people.setdefault(entry.participant, Attendee(entry.body.heads, entry.at))
    _present(session, entry.participant)


def _came(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if attendee := session.people.get(entry.participant):
        attendee.present = True
        _present(session, entry.participant)


def _went(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if attendee := session.people.get(entry.participant):
        attendee.present = False


def _present(session: Session, participant: str) -> None:
    for run in session.open_runs():
        run.joined.add(participant)


def _opened(session: Session, entry: Entry, kinds: Kinds) -> None:
    body = entry.body
    activity = kinds.get(body.definition.get("kind", ""))
    if activity is None or entry.run is None:
        return
    definition = read(body.definition, activity.definition)
    session.runs[entry.run] = Run(
        id=entry.run,
        definition=definition,
        group=body.group,
        opened_at=entry.at,
        state=activity.start(definition),
        closes_at=body.closes_at,
        joined=session.people.present(),
    )


def _closed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.closed_at = entry.at


def _revealed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.revealed_at = entry.at


def _refusals(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.refused = dict(entry.body.refused)


def _ended(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.ended_at = entry.at
    session.refused = dict(entry.body.refused)


_CHANGES = {
    "joined": _joined,
    "came": _came,
    "went": _went,
    "opened": _opened,
    "closed": _closed,
    "revealed": _revealed,
    "refusals": _refusals,
    "ended": _ended,
}
