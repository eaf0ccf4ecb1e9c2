"""Anneal a problem: its arrays, runs of a fixed number of moves, the best day of each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from fabrique.domain.solution import Watch
from fabrique.solvers._chance import LUCK, Ints, cooling, fresh
from fabrique.solvers.meetings.kernels import Day, Task, anneal
from fabrique.solvers.meetings.problem import Problem

WEIGHTS = (10, 30, 20, 25, 60)
"""A gap costs ten; the others as `kernels` names their places."""
HOT, WARM, COLD, STEPS = 10.0, 4.0, 1.2, 100
"""Runs begin hot where days are full, warm where there is room: nobody knows before; in turns."""
CHUNK = 4
"""So many of a run's steps between two looks at the watch."""


class Found(Struct, frozen=True):
    """The best day of a run: the slot of each meeting or −1, and its cost in tenths of a gap."""

    slots: tuple[int, ...]
    cost: int


def run(
    problem: Problem, seed: int, moves: int, watch: Watch, until: float, hot: float = HOT
) -> Found:
    """Make about `moves` moves from nothing, unless fewer than `until` seconds are left."""
    task = task_of(problem)
    day = empty(problem)
    state = fresh(seed)
    for heat in _chunks(cooling(hot, COLD, STEPS)):
        anneal(task, day, heat, max(1, moves // STEPS), state)
        if day.score[1] <= day.score[2] or watch.left() < until:
            break
    return Found(tuple(map(int, day.best)), int(day.score[1]))


def _chunks(heat: Ints) -> Iterator[Ints]:
    for start in range(0, len(heat), CHUNK):
        yield heat[start : start + CHUNK]


def task_of(problem: Problem) -> Task:
    """Lay a problem out as arrays."""
    meetings, slots = problem.meetings, len(problem.numbers)
    choices = np.zeros((len(meetings), slots + 1), np.int64)
    for m, one in enumerate(meetings):
        choices[m, : len(one.slots) + 1] = (len(one.slots), *one.slots)
    theirs = np.zeros((len(problem.people), 1 + max(map(len, problem.theirs))), np.int64)
    for who, some in enumerate(problem.theirs):
        theirs[who, : len(some) + 1] = (len(some), *some)
    order: list[list[int]] = [[] for _ in meetings]
    for m, n in problem.before:
        order[n].append(m + 1)
        order[m].append(-(n + 1))
    return Task(
        ends=np.array([one.ends for one in meetings], np.int64),
        domain=np.array([sum(1 << t for t in one.slots) for one in meetings], np.int64),
        choices=choices,
        theirs=theirs,
        first=np.cumsum([0, *map(len, order)]).astype(np.int64),
        other=np.array([one for some in order for one in some], np.int64),
        tables=np.array([problem.tables], np.int64),
        weights=np.array(WEIGHTS, np.int64),
        luck=LUCK,
    )


def empty(problem: Problem) -> Day:
    """Give a day without meetings."""
    count, slots, people = len(problem.meetings), len(problem.numbers), len(problem.people)
    worst = WEIGHTS[-1] * count
    return Day(
        slot=np.full(count, -1, np.int64),
        at=np.full((people, slots), -1, np.int64),
        busy=np.zeros(people, np.int64),
        load=np.zeros(slots, np.int64),
        mark=np.zeros(count + 1, np.int64),
        chain=np.full(max(count, 2), -1, np.int64),
        best=np.full(count, -1, np.int64),
        score=np.array([worst, worst, 0], np.int64),
    )
