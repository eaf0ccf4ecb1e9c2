"""Mentors and newcomers: as many pairs as places allow, their score the greatest; always exact."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from fabrique.solvers.pairs.problem import Person
from fabrique.solvers.pairs.scores import scores


def assign(mentors: tuple[Person, ...], newcomers: tuple[Person, ...]) -> list[tuple[int, int]]:
    """Give (mentor, newcomer) in order of mentors; a mentor of k places is k rows."""
    seats = [min(one.capacity, len(newcomers)) for one in mentors]
    row = np.repeat(np.arange(len(mentors)), seats)
    whole = scores(mentors, newcomers, both_ways=False)
    # Whole numbers far below 2⁵³: the sums and differences of doubles are exact.
    first, second = linear_sum_assignment(whole[row].astype(np.float64), maximize=True)
    return sorted(zip(row[first].tolist(), second.tolist(), strict=True))
