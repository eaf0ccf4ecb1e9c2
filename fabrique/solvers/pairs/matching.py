"""Pairs inside one population: as many as can be, the fewest of one structure, the best score.

The linear problem over all pairs is solved by columns: HiGHS works on the best few pairs of each
person, its prices tell which others would help, and none is left out that does. Then whole numbers,
over the pairs that could be in a plan better than the best one known: the others are proved useless
by their price. Where a mixed problem is wanted to be exact, that is the proof.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from fabrique.domain.solution import Watch
from fabrique.solvers.pairs.problem import FORBIDDEN, Person
from fabrique.solvers.pairs.scores import Ints, alike, scores

FEW = 16
"""Pairs a person that the linear problem begins with, and takes up at most at a time."""
ROUNDS = 60
CLOSE = 1e-6


class Matching:
    """The problem of one population; `solve` gives pairs of indexes, and the score's bound."""

    def __init__(self, people: Sequence[Person], watch: Watch) -> None:
        size = len(people)
        self.people = people
        self.watch = watch
        self.capacity = np.array([min(one.capacity, size - 1) for one in people])
        self.one, self.other = np.triu_indices(size, 1)
        whole = scores(people, people, both_ways=True)[self.one, self.other]
        self.same = alike(people, people)[self.one, self.other]
        self.worth = whole + FORBIDDEN * self.same
        self.size = size

    def solve(self) -> tuple[list[tuple[int, int]], int | None]:
        """Give the pairs and what no others could be worth more than (None: not known)."""
        count = self._most()
        across = np.nonzero(~self.same)[0]
        if count == 0:
            return [], 0
        found = self._best(across, count) if len(across) else None
        if found is None:  # some of one structure cannot be helped
            return self._unavoidable(count)
        chosen, bound = found
        return self._pairs(chosen), bound

    def _most(self) -> int:
        """Give how many pairs there can be (Erdős–Gallai, simple pairs among all)."""
        wanted = sorted(self.capacity.tolist(), reverse=True)
        short = 0
        for k in range(1, self.size + 1):
            room = k * (k - 1) + sum(min(k, one) for one in wanted[k:])
            short = max(short, sum(wanted[:k]) - room)
        return int(sum(wanted) - short) // 2

    def _unavoidable(self, count: int) -> tuple[list[tuple[int, int]], int | None]:
        every = np.arange(len(self.one))
        fewest = self._whole(every, self.same.astype(float), count, [])
        if fewest is None:  # the time was too short for any
            return across_structures(self.people, self.capacity.tolist()), None
        limit = (self.same.astype(float), round(self.same[fewest[0]].sum()))
        best = self._whole(every, -self.worth.astype(float), count, [limit])
        chosen = best[0] if best else fewest[0]
        proved = best is not None and best[1] and fewest[1]
        pairs = self._pairs(chosen)
        worth = int((self.worth - FORBIDDEN * self.same)[chosen].sum())
        return pairs, worth if proved else None

    def _best(self, edges: Ints, count: int) -> tuple[Ints, int | None] | None:
        """Give the best `count` pairs among `edges`; None where there are not as many."""
        priced = self._priced(edges, count)
        if priced is None:
            return None
        columns, reduced, linear = priced
        bound = floor(linear + CLOSE) if linear < np.inf else None
        found = self._whole(columns, -self.worth.astype(float), count, [])
        known = -np.inf if found is None else self.worth[found[0]].sum()
        if found is not None and (known == bound or linear == np.inf):
            return found[0], int(known) if known == bound else None
        # What a pair costs at the prices of the linear problem, beyond what is still open.
        open_ = edges if found is None else edges[reduced <= linear - known + CLOSE]
        wider = self._whole(open_, -self.worth.astype(float), count, [])
        if wider is None or (found is not None and self.worth[wider[0]].sum() < known):
            return None if found is None else (found[0], bound)
        worth = int(self.worth[wider[0]].sum())
        return wider[0], worth if wider[1] else bound

    def _priced(self, edges: Ints, count: int) -> tuple[Ints, NDArray[np.float64], float] | None:
        """Solve the linear problem: its columns, what each edge lacks, and its worth."""
        worth = self.worth[edges]
        inside = np.zeros(len(edges), bool)
        inside[self._few(edges, worth, self.worth[edges])] = True
        for _ in range(ROUNDS):
            if self.watch.left() < self.watch.spent():  # the other half is for whole numbers
                return edges[inside], np.zeros(len(edges)), float("inf")
            columns = edges[inside]
            answer = linprog(
                -self.worth[columns],
                A_ub=self._rows(columns),
                b_ub=self.capacity,
                A_eq=np.ones((1, len(columns))),
                b_eq=[count],
                bounds=(0, 1),
                method="highs-ds",
            )
            if answer.x is None:
                if inside.all():
                    return None
                inside[:] = True
                continue
            people, every = answer.ineqlin.marginals, answer.eqlin.marginals[0]
            lacks = -worth - people[self.one[edges]] - people[self.other[edges]] - every
            useful = (lacks < -CLOSE) & ~inside
            if not useful.any():
                # An edge at its limit of one has a price of its own: it lacks nothing.
                return columns, np.maximum(lacks, 0), -float(answer.fun)
            picked = np.nonzero(useful)[0]
            inside[picked[self._few(edges[picked], -lacks[picked], worth[picked])]] = True
        return None

    def _few(self, edges: Ints, merit: NDArray[np.float64] | Ints, worth: Ints) -> Ints:
        """Give the places of the best few edges of each person, in a fixed order."""
        order = np.lexsort((np.arange(len(edges)), -worth, -merit))
        kept = []
        for ends in (self.one, self.other):
            who = ends[edges[order]]
            grouped = np.argsort(who, kind="stable")
            place = np.arange(len(who)) - np.searchsorted(who[grouped], who[grouped])
            kept.append(order[grouped[place < FEW]])
        return np.unique(np.concatenate(kept))

    def _rows(self, columns: Ints) -> csr_array:
        rows = np.concatenate((self.one[columns], self.other[columns]))
        at = np.tile(np.arange(len(columns)), 2)
        return csr_array((np.ones(len(rows)), (rows, at)), shape=(self.size, len(columns)))

    def _whole(
        self,
        columns: Ints,
        cost: NDArray[np.float64],
        count: int,
        limits: list[tuple[NDArray[np.float64], float]],
    ) -> tuple[Ints, bool] | None:
        """Choose `count` of `columns` at the least cost; say whether that is proved."""
        extra = [csr_array(np.ones((1, len(columns))))]
        extra += [csr_array(values[columns][None]) for values, _ in limits]
        answer = milp(
            cost[columns],
            integrality=np.ones(len(columns)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(
                vstack([self._rows(columns), *extra]),
                [*np.full(self.size, -np.inf), count, *(-np.inf for _ in limits)],
                [*self.capacity, count, *(most for _, most in limits)],
            ),
            options={"time_limit": max(self.watch.left(), 0.1), "mip_rel_gap": 0},
        )
        if answer.x is None:
            return None
        return columns[answer.x > 0.5], answer.status == 0  # noqa: PLR2004 - whole, in floats

    def _pairs(self, chosen: Ints) -> list[tuple[int, int]]:
        return sorted(zip(self.one[chosen].tolist(), self.other[chosen].tolist(), strict=True))


def across_structures(people: Sequence[Person], capacity: Sequence[int]) -> list[tuple[int, int]]:
    """Give pairs without a search: in order of structure, each with who stands half a turn on."""
    many = Counter(one.structure for one in people if one.structure)
    order = sorted(
        range(len(people)), key=lambda n: (-many[people[n].structure], people[n].structure, n)
    )
    places = [n for n in order for _ in range(capacity[n])]
    half = len(places) // 2
    met = {(min(pair), max(pair)) for pair in zip(places[:half], places[half:], strict=False)}
    return sorted(pair for pair in met if pair[0] != pair[1])
