"""Small groups: who is at which table now, folded from what the journal keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from fabrique.domain.entry import Entry
from fabrique.domain.group_lines import BODIES
from fabrique.domain.run import Brought, Run

if TYPE_CHECKING:
    from fabrique.domain.session import Kinds, Session

__all__ = ["BODIES", "CHANGES", "Group", "Groups", "is_for"]


class Group(Struct, frozen=True):
    """A group; `number` is that of its table, `split` counts the times the room was split."""

    id: str
    title: str
    number: int
    split: int

    @property
    def name(self) -> str:
        """What it is called beside its number; empty if that is all."""
        return "" if self.title == f"Table {self.number}" else self.title


class Groups(Struct):
    """How the room is split now; nothing in `now` is plenary."""

    now: tuple[Group, ...] = ()
    known: dict[str, Group] = {}  # every group that ever was: runs name theirs
    of: dict[str, str] = {}  # participant → group
    scribes: dict[str, str] = {}  # group → participant
    shown: str | None = None  # the only group that the stage shows
    splits: int = 0
    since: int = 0  # the line that split the room
    seq: int = 0  # the last line that changed this

    def people(self, group: str) -> set[str]:
        """Give those who are in a group now."""
        return {one for one, where in self.of.items() if where == group}

    def find(self, wanted: str | None) -> Group | None:
        """Find a group of now by its id or by the number of its table."""
        return next((one for one in self.now if wanted in (one.id, str(one.number))), None)


def is_for(session: Session, run: Run, participant: str) -> bool:
    """Whether a run concerns somebody: all do that are not another group's."""
    return run.group is None or session.groups.of.get(participant) == run.group


def _grouped(session: Session, entry: Entry, _kinds: Kinds) -> None:
    old, split = session.groups, session.groups.splits + 1
    now = tuple(Group(one.id, one.title, n, split) for n, one in enumerate(entry.body.groups, 1))
    known = {**old.known, **{one.id: one for one in now}}
    session.groups = Groups(now, known, dict(entry.body.of), splits=split, since=entry.seq)


def _placed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    groups, who = session.groups, entry.body.participant
    before = groups.of.get(who)
    groups.of[who] = entry.body.group
    if before and before != entry.body.group and groups.scribes.get(before) == who:
        del groups.scribes[before]
    attendee = session.people.get(who)
    for run in session.open_runs():
        if run.group == entry.body.group and attendee and attendee.present:
            run.joined.add(who)


def _scribed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.groups.scribes.pop(entry.body.group, None)
    if entry.body.participant is not None:
        session.groups.scribes[entry.body.group] = entry.body.participant


def _merged(session: Session, _entry: Entry, _kinds: Kinds) -> None:
    session.groups = Groups(known=session.groups.known, splits=session.groups.splits)


def _gathered(session: Session, entry: Entry, kinds: Kinds) -> None:
    run = session.runs.get(entry.run or "")
    if run is None:  # the line that opened it was erased
        return
    runs = [session.runs[one] for one in entry.body.runs if one in session.runs]
    run.gathered = tuple(one.id for one in runs)
    run.state = kinds[run.definition.kind].gathered(
        run.definition, [_brought(session, r) for r in runs]
    )
    for one in runs:
        one.sealed = True
        run.joined |= one.joined  # or more people would have answered than were there


def _brought(session: Session, run: Run) -> Brought:
    group = session.groups.known.get(run.group or "")
    people = frozenset(session.groups.people(run.group or ""))
    return Brought(group.title if group else "", run, people)


def _shown(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.groups.shown = entry.body.group


Change = Callable[["Session", Entry, "Kinds"], None]


def _dated(change: Change) -> Change:
    def dated(session: Session, entry: Entry, kinds: Kinds) -> None:
        change(session, entry, kinds)
        session.groups.seq = entry.seq

    return dated


CHANGES: Mapping[str, Change] = {
    "grouped": _dated(_grouped),
    "placed": _dated(_placed),
    "scribed": _dated(_scribed),
    "merged": _dated(_merged),
    "gathered": _gathered,
    "group_shown": _shown,
}
