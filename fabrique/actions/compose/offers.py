"""What may be chosen from: workshops of the programme, with the places that there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from fabrique.domain.offering import Choosing, Held, Listed, check_choosing, held
from fabrique.domain.programme import Kind
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Composition, Gathering, Item, Registration

USUAL = 15  # places, where neither seats nor a room say how many


def workshops(gathering: Gathering) -> list[Item]:
    """Give the workshops of a programme, in the order of time, then of titles."""
    rows = gathering.items.filter(kind=Kind.WORKSHOP.value, dropped=False)
    return list(rows.select_related("pool", "room").order_by("starts_at", "title", "pk"))


def places_of(item: Item) -> int:
    """Give how many places an item has: its own seats, else those of its room."""
    if item.pool is not None and item.pool.size is not None:
        return item.pool.size
    if item.room is not None and item.room.seats is not None:
        return item.room.seats
    return USUAL


def choosing_of(composition: Composition) -> Choosing:
    """Read what is asked of people now."""
    return read(composition.asks, Choosing)


def offered(gathering: Gathering, choosing: Choosing) -> tuple[Held, ...]:
    """Give what is offered, as the programme has it today; raise `Invalid`."""
    return held(map(_listed, workshops(gathering)), choosing, gathering.zone)


def found(composition: Composition, choosing: Choosing | None = None) -> tuple[Held, ...]:
    """Give the same of a composition; nothing where the programme contradicts itself now."""
    try:
        return offered(composition.gathering, choosing or choosing_of(composition))
    except Invalid:
        return ()


def checked(gathering: Gathering, choosing: Choosing) -> tuple[Held, ...]:
    """Give what is offered; raise `Invalid` for what contradicts itself."""
    offers = offered(gathering, choosing)
    check_choosing(choosing, offers)
    return offers


def titles(offers: Sequence[Held], row: Registration | None = None) -> dict[str, str]:
    """Name the workshops that are offered: all of them, or those that are for somebody."""
    own = [one for one in offers if row is None or Tier(row.tier).reaches(Tier(one.audience))]
    return {one.workshop: one.title for one in reversed(own)}


def _listed(row: Item) -> Listed:
    span = None
    if row.starts_at is not None:
        span = (row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
    return Listed(
        id=str(row.pk),
        title=row.title,
        span=span,
        room=row.room.title if row.room else "",
        audience=row.audience,
    )
