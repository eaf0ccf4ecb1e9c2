"""One slot: the cheapest assignment by a flow, exact however steep the costs are.

The worst rank first asks for costs of which one outweighs all people at the next better rank:
(n + 1)^rank, which no machine word holds for many people and ranks. So the worst ranks are settled
first, as many as fit; then the next, among the assignments that the prices of the first leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from fabrique.solvers.workshops.prices import NONE, find_prices, tight

WORD = 1 << 62


def steep(people: int, ranks: int) -> list[int]:
    """Give the cost of each rank, "none" last: one of a rank outweighs everybody at better ones."""
    return [0, *((people + 1) ** rank for rank in range(ranks))]


def even(people: int, ranks: int) -> list[int]:
    """Give costs for the least sum of ranks, after the fewest without any."""
    return [*range(ranks), people * ranks + 1]


def assign(
    ranks: Sequence[dict[int, int]], capacities: Sequence[int], costs: list[int]
) -> list[int]:
    """Give the place of each person (`NONE`: nothing), the sum of `costs` the least.

    `ranks[p]` maps the places that a person chose to their rank.
    """
    allowed = [[*mine, NONE] for mine in ranks]
    full: set[int] = set()
    given: list[int] = []
    for part in _parts(costs, len(ranks) + len(capacities) + 1):
        own = [
            {place: part[mine.get(place, -1)] for place in places}
            for mine, places in zip(ranks, allowed, strict=True)
        ]
        given = _flow(own, capacities, full)
        prices = find_prices(own, given, capacities, full)
        if prices is None:
            raise AssertionError("the flow is not the cheapest")
        allowed = tight(own, given, prices)
        full |= {place for place, price in enumerate(prices) if price}
    return given


def _parts(costs: list[int], nodes: int) -> list[list[int]]:
    """Split costs into as few vectors as fit a machine word, the one that weighs most first.

    Costs that fit are one part. Else a part keeps a range of ranks, their costs divided by those
    of the best rank in it; better ranks cost nothing in it, worse ones are settled already.
    """
    room = WORD // (nodes * nodes)
    if max(costs) <= room:
        return [costs]
    cuts = [len(costs)]
    while cuts[-1] > 1:
        low = high = cuts[-1] - 1
        while low > 1 and costs[high] // costs[low - 1] <= room:
            low -= 1
        cuts.append(low)
    return [
        [0] * low + [cost // costs[low] for cost in costs[low:high]] + [0] * (len(costs) - high)
        for high, low in pairwise(cuts)
    ]


def _flow(own: list[dict[int, int]], capacities: Sequence[int], full: set[int]) -> list[int]:
    people, places = len(own), len(capacities)
    sink = people + places
    arcs = np.array(
        [
            (person, sink if place == NONE else people + place, 1, cost)
            for person, mine in enumerate(own)
            for place, cost in mine.items()
        ]
        + [(people + n, sink, room, 0) for n, room in enumerate(capacities) if n not in full],
        np.int64,
    )
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(*arcs.T)
    supply = np.ones(sink + 1, np.int64)
    supply[people:] = [-room if n in full else 0 for n, room in enumerate(capacities)] + [0]
    supply[sink] = -supply[:sink].sum()
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise AssertionError(f"the flow ended with {status}")
    choices = len(arcs) - (places - len(full))
    taken = arcs[:choices][flow.flows(np.arange(choices)) == 1]
    given = [NONE] * people
    for person, node in taken[:, :2].tolist():
        given[person] = NONE if node == sink else node - people
    return given
