"""From a problem of wishes to its plan."""

from __future__ import annotations

import numpy as np

from fabrique.domain.solution import Solution, Status, Watch
from fabrique.solvers.programme.grid.check import check, lost, moved
from fabrique.solvers.programme.grid.explain import explain
from fabrique.solvers.programme.grid.possible import refuse_impossible
from fabrique.solvers.programme.grid.problem import Problem
from fabrique.solvers.programme.grid.search import Search


def solve(problem: Problem, seed: int, watch: Watch) -> Solution:
    """Give a plan; raise `Impossible`."""
    refuse_impossible(problem)
    grid, cost, bound = Search(problem, watch).solve(seed)
    placed = [tuple(np.argwhere(grid == n)[0].tolist()) for n in range(len(problem.items))]
    if wrong := check(problem, placed, cost):
        raise AssertionError(wrong)
    value = {"lost": lost(problem, placed)}
    least = "lost"
    if problem.change:
        value |= {"moved": moved(problem, placed), "cost": cost}
        least = "cost"
    status = Status.UNPROVED if bound is None else Status.GAP
    return Solution(
        kind="programme",
        value=value,
        bound=None if bound is None else {least: bound},
        status=Status.PROVED if bound == cost else status,
        seed=seed,
        seconds=watch.spent(),
        explain=explain(problem, placed),
        body={
            "placed": [
                {"item": item.id, "slot": problem.slots[slot], "room": problem.rooms[room].id}
                for item, (slot, room) in zip(problem.items, placed, strict=True)
            ]
        },
    )
