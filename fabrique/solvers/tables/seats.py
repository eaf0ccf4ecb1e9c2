"""The third stage: seats exchanged within rounds, from any start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from fabrique.domain.solution import Watch
from fabrique.solvers._chance import LUCK, Ints, cooling
from fabrique.solvers.tables.bound import least_repeats
from fabrique.solvers.tables.kernels import Chance, Likeness, Small
from fabrique.solvers.tables.likeness import HEAVY, likeness
from fabrique.solvers.tables.measure import meetings, repeats
from fabrique.solvers.tables.problem import Problem
from fabrique.solvers.tables.seating import Room, Terms, anneal_seats
from fabrique.solvers.tables.steps import chunks, mixes, unit

REPEAT = 9  # mean weights: what a repeat costs
STUBBORN = 60  # the same, where there is none and none is to come

FEWEST, MOST, AGAIN = 1600, 16000, 10  # temperatures, and coolings after the first


class Dial(Struct, frozen=True):
    """How seats are exchanged: `gentle` keeps what is good; a change costs `change`, from `before`.

    `empty` is the price of two empty seats at one table; `met` are meetings of rounds over.
    """

    gentle: bool = False
    change: int = 0
    before: Ints | None = None
    empty: int = HEAVY
    met: Small | None = None


def settle(
    problem: Problem, place: Ints, turns: Sequence[int], state: Ints, watch: Watch, dial: Dial
) -> Ints:
    """Give `place` after annealing the rounds of `turns`; the others stay as they are."""
    alike = likeness(problem, place, dial.empty)
    met = meetings(problem, place) + (dial.met if dial.met is not None else np.int16(0))
    room = Room(_seats(place), place.copy(), met)
    price = round((STUBBORN if dial.gentle else REPEAT) * unit(problem))
    before = dial.before if dial.before is not None else np.full_like(place, -1)
    terms = Terms(np.array(turns), _free(problem, place), before, np.array([price, dial.change]))
    gained, best, kept = 0, 0, _copied(room, alike)
    for temperatures in _waves(problem, (len(turns), place.shape[1]), dial, price):
        for part in chunks(temperatures, watch):
            gained += anneal_seats(room, alike, terms, Chance(part, LUCK, state))
        if gained >= best:
            best, kept = gained, _copied(room, alike)
        else:
            gained = best
            room, alike = _copied(*kept)
        if not mixes(problem) and repeats(problem, kept[0].place) <= least_repeats(problem):
            break
    return kept[0].place


def _copied(room: Room, alike: Likeness) -> tuple[Room, Likeness]:
    copied = Room(room.seats.copy(), room.place.copy(), room.met.copy())
    return copied, alike._replace(counts=alike.counts.copy())


def _waves(problem: Problem, shape: tuple[int, int], dial: Dial, price: int) -> list[Ints]:
    """Give the temperatures of a long cooling, and of shorter ones from the best so far."""
    scale, steps = unit(problem), min(max(FEWEST, shape[0] * shape[1] * 2), MOST)
    if dial.before is not None:
        return [cooling(0.8 * scale, 0.2 * scale, FEWEST // 4)]
    if dial.gentle:
        return [cooling(1.6 * scale, 0.3 * scale, steps)]
    # Beside rounds that do not move, repeats are many, and freeze earlier.
    lone = 0.12 if shape[0] == problem.rounds else 0.18
    cold = 0.45 * scale if mixes(problem) else lone * price
    first, other = cooling(0.37 * price, cold, steps), cooling(0.37 * price, cold, steps // 2)
    return [first, *[other] * AGAIN]


def _seats(place: Ints) -> Ints:
    """Give who sits at each table, shape (rounds, tables, size): tables of `place` are all full."""
    tables = int(place.max()) + 1
    order = np.argsort(place, axis=1, kind="stable")
    return np.ascontiguousarray(order.reshape(place.shape[0], tables, -1))


def _free(problem: Problem, place: Ints) -> Ints:
    """Say who may be moved: not hosts, nor those who stay together."""
    free = np.ones(place.shape[1], np.int64)
    free[[person for person, _ in problem.hosts]] = 0
    for group in problem.together:
        free[list(group)] = 0
    return free
