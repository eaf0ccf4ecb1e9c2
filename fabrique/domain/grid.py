"""Working on the grid: where an item goes by one key, and where there is room for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.clashes import lanes
from fabrique.domain.programme import LONGEST, SHORTEST, Item, Programme, Room, moment
from fabrique.domain.timetable import NOWHERE

STEP = 15  # minutes a key goes
OPENS, CLOSES = 9 * 60, 18 * 60  # what a day shows at least, in minutes


class Spot(Struct, frozen=True):
    """A place on the grid."""

    starts_at: datetime
    room: str
    minutes: int


class Slot(Struct, frozen=True):
    """An item as a column draws it: from which minute of the day, in which lane of how many."""

    item: Item
    starts: datetime
    ends: datetime
    minute: int
    lane: int
    lanes: int


class Column(Struct, frozen=True):
    """A room and what stands in it on a day."""

    room: Room
    slots: tuple[Slot, ...]


class Board(Struct, frozen=True):
    """A day of the draft: its columns, and the minutes of the day between which it is drawn."""

    day: date
    columns: tuple[Column, ...]
    opens: int
    closes: int


def board(programme: Programme, day: date) -> Board:
    """Lay a day out by room; what has none stands first."""
    items = programme.on(day)
    known = {room.id for room in programme.rooms}
    columns = []
    for room in (NOWHERE, *programme.rooms):
        own = [one for one in items if (one.room if one.room in known else "") == room.id]
        columns.append(Column(room, _slots(programme, own)))
    slots = [slot for column in columns for slot in column.slots]
    opens = min([OPENS, *(slot.minute // 60 * 60 for slot in slots)])
    ends = [-(-(slot.minute + slot.item.minutes) // 60) * 60 for slot in slots]
    return Board(day, tuple(columns), opens, min(max([CLOSES, *ends]), 30 * 60))


def _slots(programme: Programme, items: list[Item]) -> tuple[Slot, ...]:
    lane = lanes(items)
    return tuple(
        Slot(one, at, programme.ends(one), at.hour * 60 + at.minute, *lane[one.id])
        for one in items
        for at in [programme.local(one)]
    )


def nudge(programme: Programme, item: Item, minutes: int, rooms: int, longer: int) -> Spot:
    """Move a placed item by minutes and columns, or make it longer; an edge stops it."""
    assert item.starts_at is not None  # noqa: S101 - asked of what is placed
    ids = ["", *(room.id for room in programme.rooms)]
    at = ids.index(item.room) if item.room in ids else 0
    room = ids[min(max(at + rooms, 0), len(ids) - 1)]
    length = min(max(item.minutes + longer, SHORTEST), LONGEST)
    return Spot(item.starts_at + timedelta(minutes=minutes), room, length)


def free(programme: Programme, item: Item, day: date, room: str) -> Spot:
    """Give the first moment of a day, on the step, when a room has nothing for as long as this.

    Where there is none, the hour at which a day begins: the clash will be told.
    """
    first = moment(day, f"{OPENS // 60}:00", programme.zone)
    busy = [one for one in programme.items if one.room == room and one.id != item.id]
    local = first.astimezone(ZoneInfo(programme.zone))
    for n in range((CLOSES - OPENS) // STEP):
        at = first + timedelta(minutes=n * STEP)
        tried = Item(id=item.id, title="", starts_at=at, minutes=item.minutes)
        if not any(tried.meets(one) for one in busy):
            return Spot(at, room, item.minutes)
    return Spot(local, room, item.minutes)
