"""The moves: two people exchange their seats, in all rounds at once or in one.

What people have in common is a *value*: sharing a table costs its weight, once for each pair. A
person has a row of values, −1 where there is none; `counts[round, table, value]` says how many of
a value sit at a table, so that the cost of a move needs no look at the neighbours. Two people who
are to stay apart share a heavy value of their own; empty seats are people too, with a heavy one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fabrique.solvers._chance import Ints, accepts, below

Small = NDArray[np.int16]

TRIES = 1024
"""Moves tried at one temperature."""


class Likeness(NamedTuple):
    """`values`, shape (people, kinds); `weights`, by value; `counts`, (rounds, tables, values)."""

    values: Ints
    weights: Ints
    counts: Ints


class Chance(NamedTuple):
    """The temperatures to come, the table that `accepts` wants, the state of the generator."""

    temperatures: Ints
    luck: Ints
    state: Ints


@njit(cache=True)
def count_values(place: Ints, values: Ints, counts: Ints) -> None:
    """Fill `counts`, shape (rounds, tables, values), from `place`, shape (rounds, people)."""
    counts[:] = 0
    for turn in range(place.shape[0]):
        for one in range(place.shape[1]):
            for kind in range(values.shape[1]):
                value = values[one, kind]
                if value >= 0:
                    counts[turn, place[turn, one], value] += 1


@njit(cache=True)
def exchange_cost(  # noqa: PLR0913, PLR0917 - a kernel takes what it reads
    counts: Ints, values: Ints, weights: Ints, one: int, other: int, here: int, there: int
) -> int:
    """Say what it costs that `one` leaves table `here` for `there`, and `other` comes back.

    `counts` are those of the round, shape (tables, values).
    """
    cost = 0
    for kind in range(values.shape[1]):
        first, second = values[one, kind], values[other, kind]
        if first == second:
            continue
        if first >= 0:
            cost += weights[first] * (counts[there, first] - counts[here, first] + 1)
        if second >= 0:
            cost += weights[second] * (counts[here, second] - counts[there, second] + 1)
    return cost


@njit(cache=True)
def exchange(counts: Ints, values: Ints, one: int, other: int, here: int, there: int) -> None:
    """Count anew after the exchange that `exchange_cost` weighs."""
    for kind in range(values.shape[1]):
        first, second = values[one, kind], values[other, kind]
        if first >= 0:
            counts[here, first] -= 1
            counts[there, first] += 1
        if second >= 0:
            counts[there, second] -= 1
            counts[here, second] += 1


@njit(cache=True)
def anneal_labels(design: Ints, who: Ints, free: Ints, likeness: Likeness, chance: Chance) -> int:
    """Exchange who sits on which point of a design, over all rounds; give the cost gained.

    `design`, shape (rounds, points), is the table of a point; `who`, shape (points,), its person,
    changed in place with the counts. Only the points of `free` are exchanged.
    """
    values, weights, counts = likeness
    temperatures, luck, state = chance
    rounds, choices, gained = design.shape[0], free.shape[0], 0
    for step in range(temperatures.shape[0] * TRIES):
        left, right = free[below(state, choices)], free[below(state, choices)]
        one, other = who[left], who[right]
        cost = 0
        for turn in range(rounds):
            here, there = design[turn, left], design[turn, right]
            if here != there:
                cost += exchange_cost(counts[turn], values, weights, one, other, here, there)
        if left == right or not accepts(state, luck, cost, temperatures[step // TRIES]):
            continue
        for turn in range(rounds):
            exchange(counts[turn], values, one, other, design[turn, left], design[turn, right])
        who[left], who[right] = other, one
        gained -= cost
    return gained


@njit(cache=True)
def meet_cost(met: Small, seats: Ints, one: int, other: int, people: int) -> int:
    """Say how many repeats more there are when `one` goes from its table, and `other` comes.

    `seats` are those of the table, shape (size,), with `one` in it; indexes from `people` on are
    empty seats, which meet nobody.
    """
    cost = 0
    for mate in seats:
        if mate == one or mate >= people:
            continue
        if one < people and met[one, mate] > 1:
            cost -= 1
        if other < people and met[other, mate] > 0:
            cost += 1
    return cost


@njit(cache=True)
def meet(met: Small, seats: Ints, one: int, other: int, people: int) -> None:
    """Count anew after the exchange that `meet_cost` weighs."""
    for mate in seats:
        if mate == one or mate >= people:
            continue
        if one < people:
            met[one, mate] -= 1
            met[mate, one] -= 1
        if other < people:
            met[other, mate] += 1
            met[mate, other] += 1
