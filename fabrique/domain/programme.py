"""The programme of a gathering as it stands or as it was released: rooms, items, who speaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct, structs

from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier

SHORTEST, LONGEST = 5, 24 * 60  # minutes of an item


class Kind(StrEnum):
    """What an item is."""

    PLENARY = "plenary"
    TALK = "talk"
    PANEL = "panel"
    WORKSHOP = "workshop"
    VISIT = "visit"
    SHOW = "show"
    OFFICE_HOURS = "office_hours"
    MEAL = "meal"
    BREAK = "break"
    OTHER = "other"


KINDS = {
    Kind.PLENARY: Text("plenary"),
    Kind.TALK: Text("talk"),
    Kind.PANEL: Text("panel"),
    Kind.WORKSHOP: Text("workshop"),
    Kind.VISIT: Text("visit"),
    Kind.SHOW: Text("performance"),
    Kind.OFFICE_HOURS: Text("office hours"),
    Kind.MEAL: Text("meal"),
    Kind.BREAK: Text("break"),
    Kind.OTHER: Text("other"),
}


class Room(Struct, frozen=True):
    """A column of the grid."""

    id: str
    name: str
    seats: int | None = None


class Voice(Struct, frozen=True):
    """Somebody who has a part in an item."""

    id: str
    name: str
    role: str = "speaker"


class Item(Struct, frozen=True, kw_only=True):
    """A moment of the programme; one without a beginning is in the unscheduled list."""

    id: str
    title: str
    kind: str = Kind.TALK.value
    about: str = ""
    language: str = "fr"
    audience: str = Tier.GUEST.value
    room: str = ""  # the id of a room
    starts_at: datetime | None = None
    minutes: int = 60
    pool: str = ""  # the name of its own seats
    seats: int | None = None
    voices: tuple[Voice, ...] = ()
    confirmed: bool = True  # no: whoever proposed it was accepted and has not answered

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when until when, in UTC: a length is a length, whatever clocks do meanwhile."""
        if self.starts_at is None:
            return None
        begins = self.starts_at.astimezone(UTC)
        return begins, begins + timedelta(minutes=self.minutes)

    def meets(self, other: Item) -> bool:
        """Say whether both take place at some same moment; touching is not meeting."""
        mine, theirs = self.span, other.span
        if mine is None or theirs is None:
            return False
        return mine[0] < theirs[1] and theirs[0] < mine[1]


class Programme(Struct, frozen=True, kw_only=True):
    """All of it, on the days of the gathering."""

    title: str
    zone: str
    days: tuple[date, ...]
    rooms: tuple[Room, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def placed(self) -> tuple[Item, ...]:
        """Give what has a beginning, in order of time."""
        ranks = {room.id: rank for rank, room in enumerate(self.rooms)}
        found = [one for one in self.items if one.span is not None]
        return tuple(sorted(found, key=lambda one: (one.span, ranks.get(one.room, -1), one.title)))

    @property
    def waiting(self) -> tuple[Item, ...]:
        """Give what has no beginning yet."""
        found = (one for one in self.items if one.span is None)
        return tuple(sorted(found, key=lambda one: (one.title, one.id)))

    def room(self, name: str) -> str:
        """Give what the room with this id is called; nothing for none."""
        return next((one.name for one in self.rooms if one.id == name), "")

    def on(self, day: date) -> tuple[Item, ...]:
        """Give what begins on a day, by the clocks of the gathering, in order of time."""
        return tuple(one for one in self.placed if self.local(one).date() == day)

    def local(self, item: Item) -> datetime:
        """Give when an item begins, by the clocks of the gathering."""
        assert item.starts_at is not None  # noqa: S101 - asked of what is placed
        return item.starts_at.astimezone(ZoneInfo(self.zone))

    def ends(self, item: Item) -> datetime:
        """Give when an item ends, by the clocks of the gathering."""
        assert item.span is not None  # noqa: S101 - asked of what is placed
        return item.span[1].astimezone(ZoneInfo(self.zone))

    def all_days(self) -> tuple[date, ...]:
        """Give the days of the gathering, and those of what was placed outside them."""
        return tuple(sorted({*self.days, *(self.local(one).date() for one in self.placed)}))

    def keeping(self, items: Iterable[Item]) -> Programme:
        """Give the same with these items alone."""
        return structs.replace(self, items=tuple(items))

    def seen_by(self, tier: Tier) -> Programme:
        """Give what is for a tier."""
        return self.keeping(one for one in self.items if tier.reaches(Tier(one.audience)))

    def frozen(self) -> Programme:
        """Give what a release holds: what is placed."""
        return self.keeping(self.placed)


def data(programme: Programme) -> dict[str, Any]:
    """Write a programme as JSON values."""
    made: dict[str, Any] = msgspec.to_builtins(programme)
    return made


def read(content: Any) -> Programme:
    """Read what `data` wrote."""
    return msgspec.convert(content, Programme)


def days(starts_at: datetime, ends_at: datetime | None, zone: str) -> tuple[date, ...]:
    """Give the days of a gathering by its clocks; an end at midnight opens no other day."""
    place = ZoneInfo(zone)
    first = starts_at.astimezone(place).date()
    last = first
    if ends_at is not None and ends_at > starts_at:
        last = (ends_at.astimezone(UTC) - timedelta(microseconds=1)).astimezone(place).date()
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def moment(day: date, clock: str, zone: str) -> datetime:
    """Give the moment of an hour ("9:30") on a day; the first of two on the night of October.

    Raises `Invalid` for what is no hour, and for one that the clocks of March jump over.
    """
    try:
        hour, minute = (int(part) for part in clock.strip().replace("h", ":").split(":")[:2])
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    except ValueError:
        said = Text("“{clock}” is not an hour: write it as 14:30.", {"clock": clock})
        raise Invalid(said, "clock") from None
    found = local.astimezone(UTC)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        said = Text("{clock} does not exist on that night: the clocks jump over it.")
        raise Invalid(Text(said.msgid, {"clock": clock}), "clock")
    return found
