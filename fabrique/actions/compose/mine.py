"""Somebody's own tables and workshops, as soon as their hosts show them; nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from fabrique.actions.compose.shop_plan import given_of, held_of
from fabrique.actions.compose.versions import plan_of, rounds_of
from fabrique.domain.encounters import routes
from fabrique.domain.offering import Held, slots_of
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
        gathering=row.gathering_id, kind="tables", shown=True, current__isnull=False
    ).select_related("current")
    found = []
    for one in rows.order_by("created_at"):
        places = routes(rounds_of(one.current)).get(str(row.pk))
        if places:
            found.append(Mine(one.title, _stops(places, one.played)))
    return found


def stamp(found: Sequence[Mine | Workshops]) -> str:
    """Give a mark of what somebody sees, by which a phone knows that it is out of date."""
    return sha256(msgspec.json.encode(found)).hexdigest()[:12]


class Place(Struct, frozen=True):
    """A slot of somebody: the workshop they are in, or None."""

    slot: str
    held: Held | None


class Workshops(Struct, frozen=True):
    """What one person is given of a choice; `waits` says their number in waiting lists."""

    title: str
    places: tuple[Place, ...]
    waits: tuple[tuple[str, int], ...]  # title of a workshop, number


def workshops(row: Registration) -> list[Workshops]:
    """Give the workshops of a registration, of every choice whose plan is shown."""
    rows = Composition.objects.filter(
        gathering=row.gathering_id, kind="workshops", shown=True, current__isnull=False
    ).select_related("current", "gathering")
    return [_given(one, str(row.pk)) for one in rows.order_by("created_at")]


def _given(composition: Composition, who: str) -> Workshops:
    current = composition.current
    assert current is not None  # noqa: S101 - asked for above
    current.composition = composition
    whole = held_of(current)
    own = given_of(current).get(who, {})
    at = {(one.workshop, one.slot): one for one in whole}
    titles = {one.workshop: one.title for one in whole}
    return Workshops(
        title=composition.title,
        places=tuple(Place(slot, at.get((own.get(slot) or "", slot))) for slot in slots_of(whole)),
        waits=tuple(
            (titles.get(workshop, "—"), line.index(who) + 1)
            for workshop, line in plan_of(current)["waiting"].items()
            if who in line
        ),
    )


def _stops(places: list[int], played: int) -> tuple[Stop, ...]:
    def when(number: int) -> str:
        if number == played:
            return "now"
        return "past" if number < played else "next"

    return tuple(Stop(table, when(number)) for number, table in enumerate(places, 1))
