"""From seats to a plan: tables of ids by round, what they are worth, what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.solution import Solution, Status, Watch
from fabrique.solvers._chance import Ints
from fabrique.solvers.tables.explain import explain
from fabrique.solvers.tables.measure import mix, repeats
from fabrique.solvers.tables.problem import Problem
from fabrique.solvers.tables.repair import moved, repaired
from fabrique.solvers.tables.search import search


def made(problem: Problem, seed: int, watch: Watch, bound: Mapping[str, int]) -> Solution:
    """Give the plan; its rounds hold people in the order of the file, a table after the other."""
    place = repaired(problem, seed, watch) if problem.locked else search(problem, seed, watch)
    place = place[:, : len(problem.ids)]
    value = {"repeats": repeats(problem, place), "mix": mix(problem, place)}
    rounds = _rounds(problem, place)
    body: dict[str, Any] = {"rounds": rounds}
    if problem.locked:
        body |= moved(problem, place)
    return Solution(
        kind="tables",
        value=value,
        bound=bound,
        status=Status.PROVED if value == dict(bound) else Status.GAP,
        seed=seed,
        seconds=watch.spent(),
        explain=explain(problem, rounds, value, bound),
        body=body,
    )


def _rounds(problem: Problem, place: Ints) -> list[list[list[str]]]:
    """Give tables of ids; those of rounds that are over as they were written."""
    over = problem.locked.rounds[: problem.played] if problem.locked else ()
    rounds = [[[problem.ids[one] for one in table] for table in tables] for tables in over]
    for row in place[problem.played :]:
        tables: list[list[str]] = [[] for _ in range(problem.tables)]
        for one, table in enumerate(row.tolist()):
            if table >= 0:
                tables[table].append(problem.ids[one])
        rounds.append(tables)
    return rounds
