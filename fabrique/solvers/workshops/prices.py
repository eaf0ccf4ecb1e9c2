"""The proof of an assignment: a price for each workshop at which nobody would rather have another.

At prices that only full workshops have, if everybody has what costs them the least (own cost +
price), then no assignment costs less in sum: linear duality. The numbers are Python's, so a cost
may be as large as the worst rank asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

NONE = -1
"""The place of whoever has no workshop: always free."""

Costs = Sequence[Mapping[int, int]]
"""By person: what each place costs that they may have; `NONE` is always among them."""


def find_prices(
    costs: Costs,
    given: Sequence[int],
    capacities: Sequence[int],
    full: AbstractSet[int] = frozenset(),
) -> list[int] | None:
    """Give the lowest prices that prove `given` the cheapest; None where it is not.

    A place of `full` has to be: its price may be below zero.
    """
    dearer = _dearer(costs, given)
    lowest = -2 * (len(capacities) + 2) * (1 + max(map(abs, dearer.values()), default=0))
    start = {place: lowest if place in full else 0 for place in range(len(capacities))}
    prices = start | {NONE: 0}
    for _ in range(len(capacities) + 2):
        raised = _raised(prices, dearer)
        if raised == prices:
            break
        prices = raised
    else:
        return None
    load = Counter(given)
    free = [place for place, room in enumerate(capacities) if load[place] < room]
    proved = all(prices[place] == 0 for place in (*free, NONE))
    return [prices[place] for place in range(len(capacities))] if proved else None


def tight(costs: Costs, given: Sequence[int], prices: Sequence[int]) -> list[list[int]]:
    """Give by person the places that cost them the least: every best assignment is among them."""
    at = [*prices, 0]  # `NONE` is the last
    return [
        [place for place, cost in mine.items() if cost + at[place] == mine[had] + at[had]]
        for mine, had in zip(costs, given, strict=True)
    ]


def _dearer(costs: Costs, given: Sequence[int]) -> dict[tuple[int, int], int]:
    """Give what the move from a place to another costs at least, over who is there."""
    found: dict[tuple[int, int], int] = {}
    for mine, had in zip(costs, given, strict=True):
        for place, cost in mine.items():
            if place != had:
                more = cost - mine[had]
                found[had, place] = min(more, found.get((had, place), more))
    return found


def _raised(prices: dict[int, int], dearer: dict[tuple[int, int], int]) -> dict[int, int]:
    """Raise each price until nobody of another place would come."""
    after = dict(prices)
    for (had, place), more in dearer.items():
        after[place] = max(after[place], prices[had] - more)
    return after
