"""Small groups as the console leads them: who is where, who writes, what the stage shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from fabrique.domain.groups import Group
from fabrique.domain.session import Session
from fabrique.domain.view import Part
from fabrique.live.figures import Figures
from fabrique.live.tables import part

BESIDE = "beside"  # the list that holds it

Names = Mapping[str, str]


class Somebody(Struct, frozen=True):
    """A person in a list to choose from; `number` is their place in order of coming."""

    id: str
    name: str
    number: int
    table: int  # 0: none
    heads: int


class Listed(Struct, frozen=True):
    """A group and its people, for whoever leads."""

    id: str
    number: int
    title: str
    heads: int
    scribe: str
    people: tuple[Somebody, ...]
    shown: bool


class Panel(Struct, frozen=True):
    """How the room is split, and what can be changed of it."""

    groups: tuple[Listed, ...]
    people: tuple[Somebody, ...]
    here: int
    shown: bool  # one group alone has the stage
    ended: bool


def panel(session: Session, names: Names, figures: Figures) -> Part:
    """Give the console's own panel."""
    groups = session.groups
    numbers = {one.id: one.number for one in groups.now}
    people = tuple(
        Somebody(
            one,
            names.get(one, ""),
            place,
            numbers.get(groups.of.get(one, ""), 0),
            session.people.weight(one),
        )
        for place, one in enumerate(session.people, 1)
        if one in groups.of or one in figures.here
    )
    view = Panel(
        groups=tuple(_listed(session, people, one) for one in groups.now),
        people=people if groups.now else (),
        here=len(figures.here),
        shown=groups.shown is not None,
        ended=session.ended_at is not None,
    )
    return part("panel", view, "session-groups", BESIDE, 100)


def _listed(session: Session, people: Sequence[Somebody], group: Group) -> Listed:
    groups = session.groups
    return Listed(
        group.id,
        group.number,
        group.name,
        session.people.heads(groups.people(group.id)),
        groups.scribes.get(group.id, ""),
        tuple(one for one in people if one.table == group.number),
        groups.shown == group.id,
    )
