"""The session as a fold of its journal: who came, what was opened, closed, revealed, erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from fabrique.domain import bringing, conduct, groups, lines, order, pace
from fabrique.domain.activity import Activity
from fabrique.domain.conduct import Conduct
from fabrique.domain.entry import BLANK, FACILITATOR, Blank, Entry
from fabrique.domain.groups import Groups, is_for
from fabrique.domain.lines import Closed, Ended, Joined, Redacted
from fabrique.domain.pace import Pace
from fabrique.domain.people import Attendee, People
from fabrique.domain.plan import Participant, Plan
from fabrique.domain.run import Run
from fabrique.domain.schema import read

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
BODIES = {
    **lines.BODIES,
    **order.BODIES,
    **conduct.BODIES,
    **groups.BODIES,
    **bringing.BODIES,
    **pace.BODIES,
}


class Session(Struct):
    """The state of a session after its journal up to `seq`."""

    plan: Plan
    plans: list[Plan] = []  # those before, the oldest first: what can be undone
    people: People = field(default_factory=People)
    runs: dict[str, Run] = {}
    ops: dict[tuple[str, str], int] = {}  # (participant, op) → seq: the same act is done once
    refused: dict[str, int] = {}
    conduct: Conduct = field(default_factory=Conduct)
    groups: Groups = field(default_factory=Groups)
    pace: Pace = field(default_factory=Pace)
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
            if entry.participant == FACILITATOR and entry.verb not in kinds[family].quiet:
                run.staged = entry.seq
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
    if session.conduct.outside:
        session.conduct.heard.add(participant)
    for run in session.open_runs():
        if is_for(session, run, participant):
            run.joined.add(participant)


def _opened(session: Session, entry: Entry, kinds: Kinds) -> None:
    body = entry.body
    activity = kinds.get(body.definition.get("kind", ""))
    if activity is None or entry.run is None:
        return
    definition = read(body.definition, activity.definition)
    earlier = [one for one in session.runs_of(definition.id) if one.group == body.group]
    run = session.runs[entry.run] = Run(
        id=entry.run,
        definition=definition,
        group=body.group,
        opened_at=entry.at,
        state=activity.start(definition),
        closes_at=body.closes_at,
        paced=body.paced,
        # What is beside the order opens by itself: nobody has shown it yet.
        staged=0 if activity.always else entry.seq,
        before=next((one for one in reversed(earlier) if one.sealed), None),
    )
    run.joined = {one for one in session.people.present() if is_for(session, run, one)}


def _closed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.closed_at = entry.at


def _revealed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.revealed_at, run.sealed = entry.at, True
        run.staged = entry.seq


def _staged(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.staged = entry.seq


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
    "staged": _staged,
    "refusals": _refusals,
    "ended": _ended,
    **order.CHANGES,
    **conduct.CHANGES,
    **groups.CHANGES,
    **bringing.CHANGES,
    **pace.CHANGES,
}
