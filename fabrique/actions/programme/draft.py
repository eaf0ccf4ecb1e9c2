"""The one draft of a programme: rooms and items, and where each item stands on the grid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Prefetch
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.domain import programme as rules
from fabrique.domain.call import State
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Item, Move, Part, Person, Pool, Room

MOST_ROOMS, MOST_ITEMS = 30, 600


class Place(Struct, frozen=True):
    """Where an item stands: nowhere without a beginning."""

    starts_at: datetime | None
    room: int | None
    minutes: int


class About(Struct, frozen=True, kw_only=True):
    """What an item is, apart from where it stands."""

    title: str
    kind: str
    about: str = ""
    language: str = "fr"
    audience: str = "guest"
    seats: int | None = None  # of its own: a pool is made


def draft(gathering: Gathering) -> rules.Programme:
    """Read the draft: the same number of queries however long it is."""
    rooms = gathering.rooms.order_by("rank", "id")
    parts = Prefetch("parts", Part.objects.select_related("speaker").order_by("id"))
    items = (
        gathering.items.filter(dropped=False)
        .select_related("pool", "contribution")
        .prefetch_related(parts)
    )
    return rules.Programme(
        title=gathering.title,
        zone=gathering.zone,
        days=days_of(gathering),
        rooms=tuple(rules.Room(str(one.pk), one.title, one.seats) for one in rooms),
        items=tuple(_value(one) for one in items),
    )


def days_of(gathering: Gathering) -> tuple[Any, ...]:
    """Give the days of a gathering; none while it has no date."""
    if gathering.starts_at is None:
        return ()
    return rules.days(gathering.starts_at, gathering.ends_at, gathering.zone)


def _value(row: Item) -> rules.Item:
    waits = row.contribution is not None and row.contribution.state == State.ACCEPTED
    return rules.Item(
        id=str(row.pk),
        title=row.title,
        kind=row.kind,
        about=row.about,
        language=row.language,
        audience=row.audience,
        room=str(row.room_id or ""),
        starts_at=row.starts_at,
        minutes=row.minutes,
        pool=row.pool.title if row.pool else "",
        seats=row.pool.size if row.pool else None,
        voices=tuple(
            rules.Voice(str(one.speaker_id), one.speaker.name, one.role) for one in row.parts.all()
        ),
        confirmed=not waits,
    )


def hold(gathering: Gathering) -> None:
    """Write to the gathering first: whoever else changes its programme waits for the end."""
    Gathering.objects.filter(pk=gathering.pk).update(sequence=F("sequence"))


@transaction.atomic
def add_room(gathering: Gathering, name: str, seats: int | None, by: Person) -> Room:
    """Add a room, last; raise `Invalid` for a name that is taken."""
    hold(gathering)
    rooms = gathering.rooms
    if rooms.count() >= MOST_ROOMS:
        raise Invalid(Text("There are {n} rooms already.", {"n": MOST_ROOMS}), "name")
    if rooms.filter(title=name).exists():
        raise Invalid(Text("There is a room of this name already."), "name")
    rank = (rooms.aggregate(last=Max("rank"))["last"] or 0) + 1
    made = Room.objects.create(gathering=gathering, title=name, seats=seats, rank=rank)
    note("room.added", gathering, by, name=name)
    return made


@transaction.atomic
def change_room(room: Room, name: str, seats: int | None, by: Person) -> None:
    """Rename a room or say how many it holds; raise `Invalid` for a name that is taken."""
    before = {"name": room.title, "seats": room.seats}
    room.title, room.seats = name, seats
    try:
        with transaction.atomic():
            room.save(update_fields=["title", "seats"])
    except IntegrityError:
        raise Invalid(Text("There is a room of this name already."), "name") from None
    note("room.changed", room.gathering, by, before=before, name=name, seats=seats)


@transaction.atomic
def move_room(room: Room, by: Person, *, later: bool) -> None:
    """Put a room before the one that stands before it, or after the next; at the end it stays."""
    hold(room.gathering)
    rooms = list(room.gathering.rooms.order_by("rank", "id"))
    at = rooms.index(room)
    to = at + 1 if later else at - 1
    if not 0 <= to < len(rooms):
        return
    rooms[at], rooms[to] = rooms[to], rooms[at]
    for rank, one in enumerate(rooms, 1):
        one.rank = rank
    Room.objects.bulk_update(rooms, ["rank"])
    note("room.moved", room.gathering, by, order=[one.title for one in rooms])


@transaction.atomic
def remove_room(room: Room, by: Person) -> None:
    """Take a room away; its items keep their time and have no room."""
    hold(room.gathering)
    note("room.removed", room.gathering, by, name=room.title)
    room.delete()


@transaction.atomic
def save_item(
    gathering: Gathering, row: Item | None, about: About, by: Person, *, minutes: int
) -> Item:
    """Make an item, unscheduled, or change what it is and how long it lasts."""
    hold(gathering)
    if row is None and gathering.items.filter(dropped=False).count() >= MOST_ITEMS:
        raise Invalid(Text("There are {n} items already.", {"n": MOST_ITEMS}), "title")
    item = row or Item(gathering=gathering)
    before = {name: getattr(item, name) for name in WORDS} if row else {}
    for name in WORDS:
        setattr(item, name, getattr(about, name))
    item.minutes = minutes
    if about.seats is not None and item.pool is None:
        item.pool = _pool(gathering, about)
    item.save()
    changed = {name: was for name, was in before.items() if was != getattr(item, name)}
    note("item.changed" if row else "item.added", item, by, title=item.title, before=changed)
    return item


WORDS = ("title", "kind", "about", "language", "audience")


def _pool(gathering: Gathering, about: About) -> Pool:
    taken = gathering.pools.filter(title=about.title).exists()
    title = f"{about.title[:180]} ({gathering.pools.count() + 1})" if taken else about.title
    return Pool.objects.create(gathering=gathering, kind="workshop", title=title, size=about.seats)


@transaction.atomic
def drop_item(item: Item, by: Person | None) -> None:
    """Take an item out; what was never released is deleted, the rest is kept to be told of."""
    hold(item.gathering)
    note("item.dropped", item, by, title=item.title)
    if item.gathering.versions.exists():
        Item.objects.filter(pk=item.pk).update(dropped=True, starts_at=None)
    else:
        item.delete()


def place_of(item: Item) -> Place:
    """Say where an item stands."""
    return Place(item.starts_at, item.room_id, item.minutes)


@transaction.atomic
def place(item: Item, where: Place, by: Person, now: datetime) -> bool:
    """Put an item on the grid, or back in the list; say whether that changed anything.

    A clash is no reason to refuse: it is told, by `fabrique/domain/clashes.py`.
    """
    if not rules.SHORTEST <= where.minutes <= rules.LONGEST:
        raise Invalid(Text("An item lasts from 5 minutes to 24 hours."), "minutes")
    hold(item.gathering)
    item.refresh_from_db()
    before = place_of(item)
    if before == where:
        return False
    _put(item, where)
    kept = {"gathering": item.gathering, "item": item, "by": by, "at": now}
    Move.objects.create(before=_written(before), after=_written(where), **kept)
    note("item.placed", item, by, before=_written(before), after=_written(where))
    return True


def _put(item: Item, where: Place) -> None:
    item.starts_at, item.room_id, item.minutes = where.starts_at, where.room, where.minutes
    item.save(update_fields=["starts_at", "room", "minutes"])


def _written(where: Place) -> dict[str, Any]:
    at = where.starts_at.isoformat() if where.starts_at else None
    return {"starts_at": at, "room": where.room, "minutes": where.minutes}
