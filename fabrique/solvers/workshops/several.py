"""Several slots: one place a slot and person, the same workshop once; HiGHS, aim by aim.

Fewest people with nothing at all, then the fewest empty places, then the fewest of the worst rank.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from fabrique.domain.solution import Watch
from fabrique.solvers.workshops.problem import Problem

Array = NDArray[np.float64]


class Model:
    """Columns: (person, offer) for each choice held in a slot; then "empty"; then "nothing"."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        slots = {name: n for n, name in enumerate(problem.slots)}
        self.columns = [
            (person, n, mine[offer.workshop])
            for person in range(len(problem.people))
            for mine in [problem.ranks_of(person)]
            for n, offer in enumerate(problem.offers)
            if offer.workshop in mine
        ]
        people, width = len(problem.people), len(slots)
        self.empty = len(self.columns)
        self.nothing = self.empty + people * width
        self.size = self.nothing + people
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._places(slots)
        self._capacities()
        self._once()
        for person in range(people):  # nothing ≥ empty places − (slots − 1)
            empty = [(self.empty + person * width + s, -1.0) for s in range(width)]
            self._row([(self.nothing + person, 1.0), *empty], 1.0 - width, np.inf)

    def criteria(self) -> list[Array]:
        """Give what is made the least, the most important first."""
        nothing, empty = np.zeros(self.size), np.zeros(self.size)
        nothing[self.nothing :] = 1
        empty[self.empty : self.nothing] = 1
        ranks = np.array([rank for *_, rank in self.columns])
        if self.problem.sum:
            return [nothing, empty, self._wide(ranks)]
        worst = range(self.problem.ranks - 1, 0, -1)
        return [nothing, empty, *(self._wide(ranks == rank) for rank in worst)]

    def solve(self, watch: Watch) -> tuple[list[tuple[int, int]], bool]:
        """Give (person, offer) for each place given, and whether nothing better is possible."""
        best: Array | None = None
        for n, criterion in enumerate(criteria := self.criteria()):
            watch.tell(n / len(criteria))
            found = self._least(criterion, max(watch.left(), 0.1))
            if found.x is None:
                return self._given(best if best is not None else np.zeros(self.size)), False
            best = np.round(found.x)
            if found.status != 0:
                return self._given(best), False
            worth = float(criterion @ best)
            self._row([(int(c), float(criterion[c])) for c in np.nonzero(criterion)[0]], 0, worth)
        return self._given(best if best is not None else np.zeros(self.size)), True

    def _least(self, criterion: Array, seconds: float):  # type: ignore[no-untyped-def] # noqa: ANN202 - scipy has no types
        rows, columns, values = zip(*self.entries, strict=True)
        matrix = csr_array((values, (rows, columns)), shape=(len(self.low), self.size))
        return milp(
            criterion,
            integrality=np.ones(self.size),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, self.low, self.high),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )

    def _given(self, x: Array) -> list[tuple[int, int]]:
        taken = np.nonzero(x[: self.empty] > 0.5)[0]  # noqa: PLR2004 - a whole number, in floats
        return [self.columns[n][:2] for n in taken]

    def _wide(self, values: NDArray[np.generic]) -> Array:
        whole = np.zeros(self.size)
        whole[: self.empty] = values
        return whole

    def _places(self, slots: dict[str, int]) -> None:
        found: dict[tuple[int, int], list[tuple[int, float]]] = {
            (person, s): [(self.empty + person * len(slots) + s, 1.0)]
            for person in range(len(self.problem.people))
            for s in range(len(slots))
        }
        for column, (person, n, _) in enumerate(self.columns):
            found[person, slots[self.problem.offers[n].slot]].append((column, 1.0))
        for cells in found.values():
            self._row(cells, 1, 1)

    def _capacities(self) -> None:
        held: dict[int, list[tuple[int, float]]] = {}
        for column, (_, n, _) in enumerate(self.columns):
            held.setdefault(n, []).append((column, 1.0))
        for n, cells in held.items():
            self._row(cells, 0, self.problem.offers[n].capacity)

    def _once(self) -> None:
        same: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for column, (person, _, rank) in enumerate(self.columns):
            same.setdefault((person, rank), []).append((column, 1.0))
        for cells in same.values():
            if len(cells) > 1:
                self._row(cells, 0, 1)

    def _row(self, cells: list[tuple[int, float]], low: float, high: float) -> None:
        self.entries += [(len(self.low), column, value) for column, value in cells]
        self.low.append(low)
        self.high.append(high)
