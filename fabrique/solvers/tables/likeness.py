"""What people have in common, as the kernels want it: a row of values for each."""

from __future__ import annotations

from collections import Counter

import numpy as np

from fabrique.solvers._chance import Ints
from fabrique.solvers.tables.kernels import Likeness, count_values
from fabrique.solvers.tables.problem import UNKNOWN, Problem

HEAVY = 1_000_000
"""What two people who are to stay apart cost at one table, and two empty seats."""


def likeness(problem: Problem, place: Ints, empty: int = HEAVY) -> Likeness:
    """Count values at the tables of `place`, shape (rounds, people and empty seats)."""
    rows = place.shape[1]
    columns: list[Ints] = []
    weights: list[int] = []
    for attribute in problem.attributes:
        if attribute.weight:
            column, several = _shared(attribute.values, len(weights), rows)
            columns.append(column)
            weights += [attribute.weight] * several
    for pairs in _matchings(problem.apart):
        column = np.full(rows, UNKNOWN, np.int64)
        for first, second in pairs:
            column[[first, second]] = len(weights)
            weights.append(HEAVY)
        columns.append(column)
    if rows > len(problem.ids):
        column = np.full(rows, UNKNOWN, np.int64)
        column[len(problem.ids) :] = len(weights)
        weights.append(empty)
        columns.append(column)
    values = np.stack(columns, axis=1) if columns else np.full((rows, 1), UNKNOWN, np.int64)
    tables = int(place.max()) + 1
    counts = np.zeros((place.shape[0], tables, max(len(weights), 1)), np.int64)
    count_values(place, values, counts)
    return Likeness(values, np.array(weights or [0], np.int64), counts)


def _shared(values: tuple[int, ...], first: int, rows: int) -> tuple[Ints, int]:
    """Number from `first` the values that two people have; give how many there are."""
    often = Counter(values)
    known = sorted(one for one, times in often.items() if one != UNKNOWN and times > 1)
    numbers = {one: first + n for n, one in enumerate(known)}
    column = np.full(rows, UNKNOWN, np.int64)
    column[: len(values)] = [numbers.get(one, UNKNOWN) for one in values]
    return column, len(known)


def _matchings(pairs: tuple[tuple[int, int], ...]) -> list[list[tuple[int, int]]]:
    """Part pairs so that nobody is in two of one part."""
    parts: list[list[tuple[int, int]]] = []
    for pair in pairs:
        for part in parts:
            if not any(set(pair) & set(other) for other in part):
                part.append(pair)
                break
        else:
            parts.append([pair])
    return parts
