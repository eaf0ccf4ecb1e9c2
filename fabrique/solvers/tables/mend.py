"""Wishes that came after the plan: hosts brought to their tables, groups brought together."""

from __future__ import annotations

import numpy as np

from fabrique.solvers._chance import Ints
from fabrique.solvers.tables.packing import pack
from fabrique.solvers.tables.problem import Problem


def mended(problem: Problem, place: Ints) -> Ints:
    """Give `place`, shape (rounds, seats), with each wish met by as few exchanges as are simple.

    A round that meets them all is left as it is; in another, who has a wish goes where `pack` puts
    them, and somebody without one comes in exchange.
    """
    if not (problem.hosts or problem.together):
        return place
    wanted = pack(problem)
    made = place.copy()
    for row in made:
        if not _meets(problem, row):
            _bring(row, wanted)
    return made


def _meets(problem: Problem, row: Ints) -> bool:
    hosted = all(row[one] == table for one, table in problem.hosts)
    return hosted and all(len(set(row[list(group)].tolist())) == 1 for group in problem.together)


def _bring(row: Ints, wanted: dict[int, int]) -> None:
    fixed = np.zeros(len(row), bool)
    fixed[list(wanted)] = True
    for one, table in wanted.items():
        if row[one] == table:
            continue
        # Whoever has a wish and sits here wrongly goes on in their turn.
        others = [
            n for n in np.flatnonzero(row == table).tolist() if not fixed[n] or wanted[n] != table
        ]
        other = min(others, key=lambda n: bool(fixed[n]))
        row[one], row[other] = table, row[one]
