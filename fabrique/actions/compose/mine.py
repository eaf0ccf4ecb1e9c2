"""Somebody's own tables, as soon as their hosts show them; nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from fabrique.actions.compose.versions import rounds_of
from fabrique.domain.encounters import routes
from fabrique.store.models import Composition, Registration


class Stop(Struct, frozen=True):
    """A table, 0 where one sits nowhere; `when` is past, now or next."""

    table: int
    when: str


class Mine(Struct, frozen=True):
    """The way of one person through the rounds of one composition."""

    title: str
    stops: tuple[Stop, ...]


def mine(row: Registration) -> list[Mine]:
    """Give the tables of a registration, of every composition that is shown."""
    rows = Composition.objects.filter(
        gathering=row.gathering_id, shown=True, current__isnull=False
    ).select_related("current")
    found = []
    for one in rows.order_by("created_at"):
        places = routes(rounds_of(one.current)).get(str(row.pk))
        if places:
            found.append(Mine(one.title, _stops(places, one.played)))
    return found


def stamp(found: Sequence[Mine]) -> str:
    """Give a mark of what somebody sees, by which a phone knows that it is out of date."""
    return sha256(msgspec.json.encode(found)).hexdigest()[:12]


def _stops(places: list[int], played: int) -> tuple[Stop, ...]:
    def when(number: int) -> str:
        if number == played:
            return "now"
        return "past" if number < played else "next"

    return tuple(Stop(table, when(number)) for number, table in enumerate(places, 1))
