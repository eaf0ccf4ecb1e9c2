"""A day of a programme as a table: a line each time something begins or ends, a column a room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.clashes import lanes
from fabrique.domain.programme import Item, Programme, Room

NOWHERE = Room("", "")


class Column(Struct, frozen=True):
    """A room, and over how many columns of the table it goes: two where two things clash in it."""

    room: Room
    lanes: int


class Cell(Struct, frozen=True):
    """What begins on a line, or nothing, and over how many lines and columns it goes."""

    item: Item | None
    rows: int = 1
    columns: int = 1


class Line(Struct, frozen=True):
    """A moment, by the clocks of the gathering, and the cells that begin at it."""

    at: datetime
    cells: tuple[Cell, ...]

    @property
    def begins(self) -> bool:
        """Whether anything begins, or things only end."""
        return any(cell.item for cell in self.cells)


class Timetable(Struct, frozen=True):
    """A day as a table."""

    day: date
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def timetable(programme: Programme, day: date) -> Timetable:
    """Lay out what begins on a day; rooms in which nothing does have no column."""
    items = programme.on(day)
    wide = {one.id for one in items if _alone(one, items)}
    rooms = [room for room in (NOWHERE, *programme.rooms) if _used(programme, room, items, wide)]
    lane: dict[str, tuple[int, int]] = {}
    columns: list[Column] = []
    at_column: dict[str, tuple[int, int]] = {}
    offset = 0
    for room in rooms:
        own = [one for one in items if _room(programme, one) == room.id and one.id not in wide]
        lane |= lanes(own)
        width = max((lane[one.id][1] for one in own), default=1)
        at_column |= {one.id: _across(*lane[one.id], offset, width) for one in own}
        columns.append(Column(room, width))
        offset += width
    lines = _lines(programme, items, at_column, max(offset, 1))
    return Timetable(day, tuple(columns), tuple(lines))


def _across(lane: int, of: int, offset: int, width: int) -> tuple[int, int]:
    """Give the column of a lane and how many it goes over: the last takes what is left."""
    return offset + lane, width - lane if lane == of - 1 else 1


def _room(programme: Programme, item: Item) -> str:
    """Give the id of the room, none for one that is no longer there."""
    return item.room if programme.room(item.room) else ""


def _alone(item: Item, items: tuple[Item, ...]) -> bool:
    """Say whether nothing else takes place meanwhile: a meal, a plenary."""
    return not item.room and not any(item.meets(one) for one in items if one.id != item.id)


def _used(programme: Programme, room: Room, items: tuple[Item, ...], wide: set[str]) -> bool:
    return any(_room(programme, one) == room.id and one.id not in wide for one in items)


def _lines(
    programme: Programme, items: tuple[Item, ...], at_column: dict[str, tuple[int, int]], width: int
) -> Iterator[Line]:
    spans = {one.id: one.span for one in items if one.span is not None}
    moments = sorted(set(chain.from_iterable(spans.values())))
    rank = {moment: n for n, moment in enumerate(moments)}
    busy = [0] * width  # up to which line each column is taken
    for n, moment in enumerate(moments[:-1]):
        cells: list[Cell] = []
        begins = [one for one in items if spans[one.id][0] == moment]
        wide = next((one for one in begins if one.id not in at_column), None)
        at = {at_column[one.id][0]: one for one in begins if one.id in at_column}
        if wide is not None:
            rows = rank[spans[wide.id][1]] - n
            cells.append(Cell(wide, rows, width))
            busy = [n + rows] * width
        for column in range(width):
            if busy[column] > n:
                continue
            item = at.get(column)
            rows = rank[spans[item.id][1]] - n if item else 1
            across = at_column[item.id][1] if item else 1
            cells.append(Cell(item, rows, across))
            busy[column : column + across] = [n + rows] * across
        yield Line(moment.astimezone(ZoneInfo(programme.zone)), tuple(cells))
