"""Workshops that people choose from: what is offered, when it is held, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from fabrique.domain.schema import Part
from fabrique.domain.text import Invalid, Text

MOST_RANKS = 9
MOST_PLACES = 100_000
FEW = Text("Two workshops at least are needed to choose between.")
DEEP = Text("{ranks} choices are asked, of {workshops} workshops: ask for {workshops} at most.")
LOOSE = Text(
    "“{title}” has no hour yet, and others do: place it in the programme, or leave it out."
)
CLOSED = Text("The choices are closed: what you had chosen is kept.")
TWICE = Text("You chose “{title}” twice: choose something else, or nothing.")
ELSE = Text("One of these workshops is no longer offered: choose again.")


class Offered(Part, frozen=True, omit_defaults=False):
    """An item of the programme and its places."""

    item: str
    places: Annotated[int, Meta(ge=0, le=MOST_PLACES)]


class Choosing(Part, frozen=True, omit_defaults=False):
    """What a choice of workshops asks; `place_silent` gives who chose nothing what is left."""

    offers: tuple[Offered, ...]
    ranks: Annotated[int, Meta(ge=1, le=MOST_RANKS)] = 3
    place_silent: bool = False


class Held(Struct, frozen=True):
    """A workshop as it is held once: `workshop` is the first item of the same title."""

    workshop: str
    item: str
    title: str
    slot: str
    places: int
    starts_at: datetime | None = None
    room: str = ""
    audience: str = "guest"


class Listed(Struct, frozen=True):
    """An item as the programme has it; without a beginning it has no slot."""

    id: str
    title: str
    span: tuple[datetime, datetime] | None = None
    room: str = ""
    audience: str = "guest"


def held(items: Iterable[Listed], choosing: Choosing, zone: str) -> tuple[Held, ...]:
    """Give what is offered, in the order of time, then of titles.

    Items of one title are one workshop, held as often: nobody is given it twice. Two of them in one
    slot are two workshops. Items that overlap are of one slot. Raise `Invalid` where some have an
    hour and some have none.
    """
    places = {one.item: one.places for one in choosing.offers}
    found = sorted(
        (one for one in items if one.id in places),
        key=lambda one: (one.span is not None and one.span[0].timestamp(), one.title, one.id),
    )
    slots = _slots(found, ZoneInfo(zone))
    names: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    made = []
    for one in found:
        workshop = names.setdefault(one.title.casefold().strip(), one.id)
        if (workshop, slots[one.id]) in taken:
            workshop = one.id
        taken.add((workshop, slots[one.id]))
        starts = one.span[0] if one.span else None
        made.append(
            Held(
                workshop=workshop,
                item=one.id,
                title=one.title,
                slot=slots[one.id],
                places=places[one.id],
                starts_at=starts,
                room=one.room,
                audience=one.audience,
            )
        )
    return tuple(made)


def _slots(items: Sequence[Listed], zone: ZoneInfo) -> dict[str, str]:
    """Name the slot of each item by the hour when it begins, with the day where there are many."""
    placed = [(one.id, one.span) for one in items if one.span is not None]
    if not placed:
        return {one.id: "" for one in items}
    for one in items:
        if one.span is None:
            raise Invalid(Text(LOOSE.msgid, {"title": one.title}), "offers")
    groups: list[tuple[datetime, datetime, list[str]]] = []
    for item, (starts, ends) in sorted(placed, key=lambda one: one[1]):
        if groups and starts < groups[-1][1]:
            first, last, ids = groups.pop()
            groups.append((first, max(last, ends), [*ids, item]))
        else:
            groups.append((starts, ends, [item]))
    local = [first.astimezone(zone) for first, _, _ in groups]
    form = "%H:%M" if len({one.date() for one in local}) == 1 else "%d/%m %H:%M"
    return {
        item: f"{at:{form}}" for at, (_, _, ids) in zip(local, groups, strict=True) for item in ids
    }


def slots_of(offers: Iterable[Held]) -> tuple[str, ...]:
    """Give the slots in order of time."""
    return tuple(dict.fromkeys(one.slot for one in offers))


def check_choosing(choosing: Choosing, offers: Sequence[Held]) -> None:
    """Raise `Invalid` for what contradicts itself."""
    workshops = len({one.workshop for one in offers})
    if workshops < 2:  # noqa: PLR2004 - a choice
        raise Invalid(FEW, "offers")
    if choosing.ranks > workshops:
        said = {"ranks": choosing.ranks, "workshops": workshops}
        raise Invalid(Text(DEEP.msgid, said), "ranks")


def check_ranked(ranked: Sequence[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Give choices without gaps; raise `Invalid` for one that is not offered, or given twice."""
    chosen = tuple(filter(None, ranked))
    for place, one in enumerate(chosen):
        if one not in titles:
            raise Invalid(ELSE)
        if one in chosen[:place]:
            raise Invalid(Text(TWICE.msgid, {"title": titles[one]}))
    return chosen
