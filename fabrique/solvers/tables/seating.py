"""Annealing of seats: exchanges inside one round, weighed by repeats, likeness and changes."""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from fabrique.solvers._chance import Ints, accepts, below
from fabrique.solvers.tables.kernels import (
    TRIES,
    Chance,
    Likeness,
    Small,
    exchange,
    exchange_cost,
    meet,
    meet_cost,
)


class Room(NamedTuple):
    """Who sits where: `seats`, shape (rounds, tables, size), holds people and empty seats.

    `place`, shape (rounds, people and empty seats), is the table of each; `met`, shape
    (people, people), how often two share one.
    """

    seats: Ints
    place: Ints
    met: Small


class Terms(NamedTuple):
    """What may move and at what price: `turns`, the rounds; `free`, 1 for whoever may be moved.

    `before`, shape (rounds, people), is where each sat, −1 for anywhere; `prices` are those of a
    repeat and of a change.
    """

    turns: Ints
    free: Ints
    before: Ints
    prices: Ints


@njit(cache=True)
def change_cost(before: Ints, one: int, other: int, here: int, there: int) -> int:
    """Say how many people more sit elsewhere than `before`, shape (people,), −1 for anywhere."""
    cost = 0
    if before[one] >= 0:
        cost += int(before[one] == here) - int(before[one] == there)
    if before[other] >= 0:
        cost += int(before[other] == there) - int(before[other] == here)
    return cost


@njit(cache=True)
def anneal_seats(room: Room, likeness: Likeness, terms: Terms, chance: Chance) -> int:
    """Exchange two people of different tables within one round; give the cost gained.

    `room` and the counts are changed in place.
    """
    values, weights, counts = likeness
    temperatures, luck, state = chance
    people, size, gained = room.met.shape[0], room.seats.shape[2], 0
    for step in range(temperatures.shape[0] * TRIES):
        turn = terms.turns[below(state, terms.turns.shape[0])]
        seats, place = room.seats[turn], room.place[turn]
        here, there = below(state, seats.shape[0]), below(state, seats.shape[0])
        i, j = below(state, size), below(state, size)
        one, other = seats[here, i], seats[there, j]
        if here == there or not (terms.free[one] and terms.free[other]):
            continue
        cost = exchange_cost(counts[turn], values, weights, one, other, here, there)
        cost += terms.prices[1] * change_cost(terms.before[turn], one, other, here, there)
        cost += terms.prices[0] * meet_cost(room.met, seats[here], one, other, people)
        cost += terms.prices[0] * meet_cost(room.met, seats[there], other, one, people)
        if not accepts(state, luck, cost, temperatures[step // TRIES]):
            continue
        meet(room.met, seats[here], one, other, people)
        meet(room.met, seats[there], other, one, people)
        exchange(counts[turn], values, one, other, here, there)
        seats[here, i], seats[there, j] = other, one
        place[one], place[other] = there, here
        gained -= cost
    return gained
