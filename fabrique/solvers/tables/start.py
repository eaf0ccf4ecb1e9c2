"""Rounds to begin with: hosts and groups at their tables, the others by chance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fabrique.solvers._chance import Ints, below
from fabrique.solvers.tables.packing import pack
from fabrique.solvers.tables.problem import Problem


def random_rounds(problem: Problem, rounds: int, state: Ints) -> Ints:
    """Give tables of people and empty seats, shape (rounds, seats), by chance."""
    seats, placed = problem.tables * problem.largest, pack(problem)
    return np.stack([_round(problem, seats, placed, state) for _ in range(rounds)])


def _round(problem: Problem, seats: int, placed: Mapping[int, int], state: Ints) -> Ints:
    row = np.full(seats, -1, np.int64)
    row[list(placed)] = list(placed.values())
    room = np.full(problem.tables, problem.largest) - np.bincount(
        row[row >= 0], minlength=problem.tables
    )
    for empty in range(len(problem.ids), seats):  # to the emptiest tables, one each
        row[empty] = int(room.argmax())
        room[row[empty]] -= 1
    left = np.repeat(np.arange(problem.tables), room)
    for last in range(len(left) - 1, 0, -1):
        other = below(state, last + 1)
        left[last], left[other] = left[other], left[last]
    row[row < 0] = left
    return row


def named(place: Ints, hosts: Mapping[int, int]) -> Ints:
    """Rename the tables of each round so that hosts sit at their own."""
    if not hosts:
        return place
    tables = int(place.max()) + 1
    renamed = np.empty_like(place)
    for turn, row in enumerate(place):
        names = np.full(tables, -1)
        names[row[list(hosts)]] = list(hosts.values())
        names[names < 0] = sorted(set(range(tables)) - set(hosts.values()))
        renamed[turn] = names[row]
    return renamed
