"""From `fabrique.programme/1` to a problem; what contradicts itself is refused by its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from fabrique.domain.text import Invalid, Text
from fabrique.solvers.programme.grid.problem import Item, Problem, Room

FORM = "fabrique.programme/1"
Name = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class SlotPart(Struct, forbid_unknown_fields=True):
    """A slot; with `starts_at`, published items are found in it by their moment."""

    id: Name
    starts_at: str | None = None
    minutes: Count | None = None


class RoomPart(Struct):
    """A room, as the programme of a gathering writes it."""

    id: Name
    seats: Count | None = None


class VoicePart(Struct):
    """Who speaks."""

    id: Name


class ItemPart(Struct):
    """An item, as the programme of a gathering writes it, and what a solver wants to know."""

    id: Name
    voices: list[VoicePart] = []
    minutes: Count | None = None
    seats: Count | None = None
    room: str | None = None
    starts_at: str | None = None
    slot: str | None = None
    rooms: list[str] = []
    slots: list[str] = []
    fixed: bool = False


class Document(Struct):
    """The whole; other keys of the programme of a gathering are left aside."""

    format: str
    rooms: list[RoomPart]
    items: list[ItemPart]
    slots: list[SlotPart] | UnsetType = UNSET
    wishes: dict[str, list[str]] = {}
    unavailable: dict[str, list[str]] = {}
    change: Count = 0


def read(content: bytes, file: str) -> Problem:
    """Read a document; raise `Invalid` with the file and the place."""
    try:
        found = msgspec.json.decode(content, type=Document)
    except msgspec.MsgspecError as error:
        said = Text("This is not a programme that can be read: {why}.", {"why": str(error)})
        raise Invalid(said, file) from error
    if found.format != FORM:
        raise Invalid(Text("This is not {form}.", {"form": FORM}), file)
    parts = _slots(found)
    slots = _numbered([one.id for one in parts], "slots")
    rooms = _numbered([one.id for one in found.rooms], "rooms")
    items = _numbered([one.id for one in found.items], "items")
    voices = {one.id for item in found.items for one in item.voices}
    for name in found.unavailable:
        _known(name, voices, "unavailable")
    away = {
        name: {_known(one, slots, f"unavailable.{name}") for one in when}
        for name, when in found.unavailable.items()
    }
    at = {one.starts_at: one.id for one in parts if one.starts_at}
    made = [_item(one, n, (slots, rooms), away, at) for n, one in enumerate(found.items)]
    wishes = [
        frozenset(items[_known(one, items, f"wishes.{who}")] for one in mine)
        for who, mine in found.wishes.items()
    ]
    return Problem(
        slots=tuple(slots),
        rooms=tuple(Room(one.id, one.seats) for one in found.rooms),
        items=tuple(made),
        wishes=tuple(wishes),
        change=found.change,
        voices=tuple(sorted(voices)),
    )


def _slots(found: Document) -> list[SlotPart]:
    """Give the slots; where there are none, the moments of what was published."""
    if found.slots is not UNSET:
        return found.slots
    begins = sorted(
        {_moment(one.starts_at): one.starts_at for one in found.items if one.starts_at}.items()
    )
    for one in found.items:
        if not one.starts_at or not one.minutes:
            continue
        end = _moment(one.starts_at) + timedelta(minutes=one.minutes)
        if any(_moment(one.starts_at) < start < end for start, _ in begins):
            said = Text("“{id}” lasts into the next slot: give the slots.", {"id": one.id})
            raise Invalid(said, "items")
    return [SlotPart(id=text, starts_at=text) for _, text in begins]


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(Text("“{moment}” is not a moment.", {"moment": text}), "items") from None
    if found.tzinfo is None:
        raise Invalid(Text("“{moment}” has no offset.", {"moment": text}), "items")
    return found


def _item(
    part: ItemPart,
    n: int,
    known: tuple[dict[str, int], dict[str, int]],
    away: dict[str, set[str]],
    at: dict[str, str],
) -> Item:
    slots, rooms = known
    where = f"items.{n}"
    held = part.slot or at.get(part.starts_at or "")
    if part.starts_at and not held:
        raise Invalid(Text("No slot begins when “{id}” does.", {"id": part.id}), where)
    slot = slots[_known(held, slots, where)] if held else None
    room = rooms[_known(part.room, rooms, where)] if part.room else None
    if part.fixed and slot is None:
        raise Invalid(Text("“{id}” is fixed and has no slot.", {"id": part.id}), where)
    wanted = {_known(one, slots, where) for one in part.slots} or set(slots)
    barred = set().union(*(away.get(one.id, ()) for one in part.voices))
    free = [slots[name] for name in slots if name in wanted and name not in barred]
    if part.fixed:
        free = [one for one in free if one == slot]
    may = (
        [room]
        if part.fixed and room is not None
        else [rooms[_known(one, rooms, where)] for one in part.rooms]
    )
    return Item(
        id=part.id,
        voices=frozenset(one.id for one in part.voices),
        slots=tuple(free),
        rooms=frozenset(may),
        seats=part.seats,
        slot=slot,
        room=room,
    )


def _numbered(names: Sequence[str], where: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for n, name in enumerate(names):
        if name in found:
            raise Invalid(Text("“{id}” is there twice.", {"id": name}), f"{where}.{n}")
        found[name] = n
    if not found:
        raise Invalid(Text("There is nothing to place, or nowhere to place it."), where)
    return found


def _known(name: str, known: Iterable[str], where: str) -> str:
    if name not in known:
        raise Invalid(Text("There is no “{id}”.", {"id": name}), where)
    return name
