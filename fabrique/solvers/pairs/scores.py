"""What each pair is worth, all at once: whole numbers, shape (first, second)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fabrique.solvers.pairs.problem import FORBIDDEN, Person

Ints = NDArray[np.int64]


def scores(first: Sequence[Person], second: Sequence[Person], *, both_ways: bool) -> Ints:
    """Give the score of every pair; as `problem.score` gives that of one."""
    whole = _shared([one.interests for one in first], [one.interests for one in second])
    whole += _shared([one.brings for one in first], [one.seeks for one in second])
    if both_ways:
        whole += _shared([one.seeks for one in first], [one.brings for one in second])
    places = _alike([one.territory for one in first], [one.territory for one in second])
    known = np.outer(
        [bool(one.territory) for one in first], [bool(one.territory) for one in second]
    )
    whole -= known & ~places
    return whole - FORBIDDEN * alike(first, second)


def alike(first: Sequence[Person], second: Sequence[Person]) -> NDArray[np.bool_]:
    """Say of every pair whether both are of one structure."""
    return _alike([one.structure for one in first], [one.structure for one in second])


def _shared(first: list[frozenset[str]], second: list[frozenset[str]]) -> Ints:
    # float32 counts to 2²⁴ without an error, by a product that the machine does well.
    names = {name: n for n, name in enumerate(sorted(frozenset().union(*first, *second)))}
    marks = []
    for people in (first, second):
        mark = np.zeros((len(people), len(names)), np.float32)
        for row, mine in enumerate(people):
            mark[row, [names[name] for name in mine]] = 1
        marks.append(mark)
    return (marks[0] @ marks[1].T).astype(np.int64)


def _alike(first: list[str], second: list[str]) -> NDArray[np.bool_]:
    number = {name: n for n, name in enumerate(dict.fromkeys([*first, *second]), 1)} | {"": 0}
    mine = np.array([number[name] for name in first])
    theirs = np.array([number[name] for name in second])
    found: NDArray[np.bool_] = (mine[:, None] == theirs) & (mine[:, None] > 0)
    return found
