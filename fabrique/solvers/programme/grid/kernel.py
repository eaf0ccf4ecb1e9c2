"""Annealing of a grid: items exchange their slots; whole numbers, compiled or not.

What is lost is counted by person and slot: the wishes there, less one.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fabrique.solvers._chance import accepts, below

Ints = NDArray[np.int64]

CLASH = 1_000_000
"""What two items of one speaker in one slot cost, or an item where it may not be."""


@njit(cache=True)
def _leave(counts: Ints, first: Ints, who: Ints, item: int, slot: int) -> int:
    """Take an item out of a slot; give what that adds to what is lost."""
    cost = 0
    for k in range(first[item], first[item + 1]):
        counts[slot, who[k]] -= 1
        if counts[slot, who[k]] > 0:
            cost -= 1
    return cost


@njit(cache=True)
def _join(counts: Ints, first: Ints, who: Ints, item: int, slot: int) -> int:
    """Put an item into a slot; give what that adds to what is lost."""
    cost = 0
    for k in range(first[item], first[item + 1]):
        if counts[slot, who[k]] > 0:
            cost += 1
        counts[slot, who[k]] += 1
    return cost


@njit(cache=True)
def _exchange(
    grid: Ints, counts: Ints, first: Ints, who: Ints, one: int, other: int, rooms: int
) -> int:
    """Exchange what is at two places of the grid, one of them maybe empty."""
    a, b = grid[one], grid[other]
    cost = 0
    if a >= 0:
        cost += _leave(counts, first, who, a, one // rooms)
    if b >= 0:
        cost += _leave(counts, first, who, b, other // rooms)
        cost += _join(counts, first, who, b, one // rooms)
    if a >= 0:
        cost += _join(counts, first, who, a, other // rooms)
    grid[one], grid[other] = b, a
    return cost


@njit(cache=True)
def _against(grid: Ints, against: Ints, item: int, slot: int, rooms: int) -> int:
    """Count what may not be with an item in a slot."""
    found = 0
    if item >= 0:
        for place in range(slot * rooms, slot * rooms + rooms):
            if grid[place] >= 0:
                found += against[item, grid[place]]
    return found


@njit(cache=True)
def anneal(
    grid: Ints,
    best: Ints,
    counts: Ints,
    first: Ints,
    who: Ints,
    own: Ints,
    against: Ints,
    rooms: int,
    chance: Ints,
    luck: Ints,
    warmths: Ints,
    moves: int,
    figures: Ints,
) -> None:
    """Try `moves` exchanges at each temperature.

    `grid` (slots·rooms,) holds items or −1; `counts` (slots, people) the wishes in each slot;
    `first`, `who` the people of each item; `own` (items, slots·rooms) what a place costs an item;
    `against` (items, items) what two cost in one slot. `figures` are the cost, and the best one.
    The inner loop stands whole: cut, each of its millions of turns would carry these arrays along.
    """
    size = len(grid)
    for warmth in warmths:
        for _ in range(moves):
            one, other = below(chance, size), below(chance, size)
            s, t = one // rooms, other // rooms
            a, b = grid[one], grid[other]
            if a < 0 and b < 0:
                continue
            cost = 0
            if a >= 0:
                cost += own[a, other] - own[a, one]
            if b >= 0:
                cost += own[b, one] - own[b, other]
            if s != t:
                cost -= _against(grid, against, a, s, rooms) + _against(grid, against, b, t, rooms)
            cost += _exchange(grid, counts, first, who, one, other, rooms)
            if s != t:
                cost += _against(grid, against, a, t, rooms) + _against(grid, against, b, s, rooms)
            if accepts(chance, luck, cost, warmth):
                figures[0] += cost
                if figures[0] < figures[1]:
                    figures[1] = figures[0]
                    best[:] = grid
            else:
                _exchange(grid, counts, first, who, one, other, rooms)
