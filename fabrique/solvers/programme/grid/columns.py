"""All sets of items that one slot can hold, and what each loses; whole numbers, compiled or not."""

from __future__ import annotations

from math import comb

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fabrique.solvers.programme.grid.problem import Problem

Ints = NDArray[np.int64]
MOST = 1_500_000
BITS = 32
SMALL = 10
"""Rooms at most, where some items want rooms of their own: Hall's condition asks each subset."""


def many(problem: Problem) -> int:
    """Count the sets, before any is left out."""
    least = _least(problem)
    most = len(problem.rooms)
    return sum(comb(len(problem.items), k) for k in range(least, most + 1))


def _least(problem: Problem) -> int:
    """Give how few items a slot can hold when all others are full."""
    return max(0, len(problem.items) - (len(problem.slots) - 1) * len(problem.rooms))


def enumerate_sets(problem: Problem, against: Ints, allowed: Ints) -> tuple[Ints, Ints]:
    """Give sets, shape (sets, rooms), `items` where there is none, and what each loses.

    `against` (items, items) is above zero where two may not be together; `allowed` (items, rooms)
    says which rooms suit.
    """
    size, rooms = len(problem.items), len(problem.rooms)
    parts = [_sets(size, k, rooms, comb(size, k)) for k in range(_least(problem), rooms + 1)]
    found = np.concatenate(parts)
    marks = np.zeros((size + 1, -(-max(1, len(problem.wishes)) // BITS)), np.int64)
    for person, mine in enumerate(problem.wishes):
        for n in mine:
            marks[n, person // BITS] |= 1 << (person % BITS)
    wide = np.zeros((size + 1, size + 1), np.int64)
    wide[:size, :size] = against
    rules = np.full(size + 1, (1 << rooms) - 1, np.int64)
    rules[:size] = [sum(1 << r for r in range(rooms) if allowed[n, r]) for n in range(size)]
    narrow = int((rules[:size] != (1 << rooms) - 1).any())
    demand = np.array([*problem.demand(), 0])
    lost = _losses(found, marks, demand, wide, rules, narrow)
    return found[lost >= 0], lost[lost >= 0]


@njit(cache=True)
def _sets(size: int, k: int, width: int, total: int) -> Ints:
    """Give all sets of `k` of `size` in order, padded with `size` to `width`."""
    found = np.full((total, width), size, np.int64)
    now = np.arange(k)
    for row in range(total):
        found[row, :k] = now
        place = k - 1
        while place >= 0 and now[place] == size - k + place:
            place -= 1
        if place < 0:
            break
        now[place] += 1
        for j in range(place + 1, k):
            now[j] = now[j - 1] + 1
    return found


@njit(cache=True)
def _ones(word: int) -> int:
    """Count the bits of a word of 32."""
    word -= (word >> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >> 2) & 0x33333333)
    word = (word + (word >> 4)) & 0x0F0F0F0F
    return ((word * 0x01010101) & 0xFFFFFFFF) >> 24


@njit(cache=True)
def _losses(sets: Ints, marks: Ints, demand: Ints, against: Ints, rules: Ints, narrow: int) -> Ints:
    """Give wishes less people reached, by set; −1 where a set may not be."""
    found = np.zeros(len(sets), np.int64)
    width = sets.shape[1]
    for row in range(len(sets)):
        wished, met = 0, 0
        for i in range(width):
            wished += demand[sets[row, i]]
            for j in range(i):
                met += against[sets[row, i], sets[row, j]]
        if met > 0 or (narrow and not _seated(sets[row], rules, len(demand) - 1)):
            found[row] = -1
            continue
        reached = 0
        for word in range(marks.shape[1]):
            union = 0
            for i in range(width):
                union |= marks[sets[row, i], word]
            reached += _ones(union)
        found[row] = wished - reached
    return found


@njit(cache=True)
def _seated(row: Ints, rules: Ints, nothing: int) -> bool:
    """Say whether each item of a set finds a room of its own (Hall)."""
    width = len(row)
    for chosen in range(1, 1 << width):
        union, size = 0, 0
        for i in range(width):
            if chosen >> i & 1 and row[i] != nothing:
                union |= rules[row[i]]
                size += 1
        if _ones(union) < size:
            return False
    return True
