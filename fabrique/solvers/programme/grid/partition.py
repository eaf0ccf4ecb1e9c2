"""The proof: each slot takes a set of items, each item is in one set, the least is lost in sum.

The linear problem is solved by columns: HiGHS knows a few thousand sets, its prices are tried on
all of them, and those that would help join. A bound holds at any moment (Lagrange): the prices'
worth and, for each slot, the set that lacks most. Whole numbers are then asked of the few sets
that a plan better than the best one could be made of.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from fabrique.domain.solution import Watch

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
CLOSE = 1e-5
JOIN = 1500
ROUNDS = 400
BARRED = 10**9


class Partition:
    """Sets and what they cost in each class of slots.

    `sets` (sets, rooms) with `items` for nothing; `lost` (sets,); `extra` (classes, items + 1) what
    an item costs in a class; `times` (classes,) how many slots each has.
    """

    def __init__(self, sets: Ints, lost: Ints, extra: Ints, times: Ints) -> None:
        self.sets = sets
        self.times = times
        self.items = extra.shape[1] - 1
        self.cost = np.stack([lost + one[sets].sum(axis=1) for one in extra]).astype(float)
        self.bound = -np.inf

    def prove(
        self, best: int, begin: list[tuple[int, int]], watch: Watch
    ) -> list[tuple[int, int]] | None:
        """Give (class, set) of a better plan than one that costs `best`, None where there is none.

        `begin` are columns to begin with. Afterwards `bound` is what no plan can be below: `best`
        itself, if that was proved.
        """
        known = list(dict.fromkeys(begin))
        for _ in range(ROUNDS):
            answer = self._linear(known)
            if answer is None or watch.left() < 0:
                return None
            prices, classes, _ = answer
            reduced = self.cost - classes[:, None] - prices[self.sets].sum(axis=1)
            worst = np.minimum(reduced.min(axis=1), 0)
            linear = float(prices.sum() + (classes + worst) @ self.times)
            self.bound = max(self.bound, linear)
            if ceil(self.bound - CLOSE) >= best:
                self.bound = best
                return None
            if worst.min() > -CLOSE:
                return self._whole(best, reduced <= best - 1 - linear + CLOSE, watch)
            known = list(dict.fromkeys([*known, *self._useful(reduced)]))
        return None

    def _useful(self, reduced: Floats) -> list[tuple[int, int]]:
        """Give the columns that would help most, in each class."""
        found = []
        for k, row in enumerate(reduced):
            few = max(50, JOIN // len(reduced))
            near = np.argpartition(row, min(few, len(row) - 1))[:few]
            found += [(k, int(n)) for n in np.sort(near) if row[n] < -CLOSE]
        return found

    def _linear(self, known: list[tuple[int, int]]) -> tuple[Floats, Floats, float] | None:
        """Give the prices of items (0 for nothing) and classes, and the worth."""
        matrix, cost = self._matrix(known)
        answer = linprog(
            cost,
            A_eq=matrix[: self.items],
            b_eq=np.ones(self.items),
            A_ub=matrix[self.items :],
            b_ub=self.times,
            method="highs-ds",
        )
        if answer.x is None:
            return None
        return np.append(answer.eqlin.marginals, 0), answer.ineqlin.marginals, float(answer.fun)

    def _whole(
        self, best: int, open_: NDArray[np.bool_], watch: Watch
    ) -> list[tuple[int, int]] | None:
        known = [(int(k), int(n)) for k, n in np.argwhere(open_ & (self.cost < BARRED))]
        if not known:
            self.bound = best
            return None
        matrix, cost = self._matrix(known)
        rules = [
            LinearConstraint(matrix[: self.items], 1, 1),
            LinearConstraint(matrix[self.items :], 0, self.times),
            LinearConstraint(csc_array(cost[None]), -np.inf, best - 1 + CLOSE),
        ]
        answer = milp(
            cost,
            integrality=np.ones(len(known)),
            bounds=Bounds(0, 1),
            constraints=rules,
            options={"time_limit": max(watch.left(), 0.1), "mip_rel_gap": 0},
        )
        if answer.status == 2:  # noqa: PLR2004 - scipy's number of "infeasible"
            self.bound = best
            return None
        if answer.x is None:
            return None
        if answer.status == 0:
            self.bound = round(answer.fun)
        return [one for one, taken in zip(known, answer.x, strict=True) if taken > 0.5]  # noqa: PLR2004

    def _matrix(self, known: list[tuple[int, int]]) -> tuple[csc_array, Floats]:
        """Give rows of items, then of classes, by column; and what the columns cost."""
        classes, sets = np.array(known).T
        rows = self.sets[sets]
        column, place = np.nonzero(rows < self.items)
        items = rows[column, place]
        at = np.concatenate((items, self.items + classes))
        columns = np.concatenate((column, np.arange(len(known))))
        shape = self.items + len(self.times), len(known)
        return csc_array((np.ones(len(at)), (at, columns)), shape=shape), self.cost[classes, sets]
