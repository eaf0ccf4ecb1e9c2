"""Dots: so many a person, to place on what they would choose; kept apart from likes."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from fabrique.domain.contributions import Contribution, Pool
from fabrique.domain.entry import Entry
from fabrique.domain.people import People
from fabrique.domain.schema import Line, Part
from fabrique.domain.text import Refused, Text

MOST = 50
Budget = Annotated[int, Meta(ge=0, le=MOST)]


class Dots(Part, frozen=True):
    """Body of `dots`, kept as it is: how many I have on a contribution now."""

    item: Line
    n: Budget


def check(pool: Pool, participant: str, body: Dots, budget: int) -> None:
    """Raise `Refused` where there are none, or not so many."""
    item = pool.find(body.item)
    if not budget:
        raise Refused("dots_off", Text("There are no dots here."))
    others = spent(pool, participant) - item.dots.get(participant, 0)
    if others + body.n > budget:
        said = Text("You have {n} dot in all.", {"n": budget}, "You have {n} dots in all.")
        raise Refused("dots_spent", said)


def place(pool: Pool, entry: Entry) -> None:
    """Keep how many dots somebody has on a contribution."""
    if item := pool.items.get(entry.body.item):
        item.dots = {**item.dots, entry.participant: entry.body.n}


def spent(pool: Pool, participant: str) -> int:
    """Count the dots somebody has placed."""
    return sum(item.dots.get(participant, 0) for item in pool.items.values())


def own(pool: Pool, participant: str) -> dict[str, int]:
    """Give where somebody has dots."""
    return {one.id: n for one in pool.items.values() if (n := one.dots.get(participant, 0))}


def total(items: list[Contribution], people: People) -> int:
    """Count dots: those of a screen that answers for several count for each of them."""
    return sum(n * people.weight(one) for item in items for one, n in item.dots.items())


def placers(pool: Pool) -> set[str]:
    """Give those who have placed at least one."""
    return {one for item in pool.items.values() for one, n in item.dots.items() if n}
