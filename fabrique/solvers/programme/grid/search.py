"""A programme: annealing finds it, the partition of items into slots proves it."""

from __future__ import annotations

from math import ceil

import numpy as np
from scipy.optimize import linear_sum_assignment

from fabrique.domain.solution import Impossible, Watch
from fabrique.domain.text import Text
from fabrique.solvers._chance import LUCK, cooling, fresh
from fabrique.solvers.programme.grid.columns import MOST, SMALL, Ints, enumerate_sets, many
from fabrique.solvers.programme.grid.kernel import CLASH, anneal
from fabrique.solvers.programme.grid.partition import BARRED, Partition
from fabrique.solvers.programme.grid.problem import Problem

STARTS = 4
STEPS = 240
CHUNK = 24
MOVES = 1500


class Search:
    """The problem as arrays; `solve` gives places, the least known and the bound."""

    def __init__(self, problem: Problem, watch: Watch) -> None:
        self.problem = problem
        self.watch = watch
        size, rooms, slots = len(problem.items), len(problem.rooms), len(problem.slots)
        self.rooms, self.slots = rooms, slots
        who = [[p for p, mine in enumerate(problem.wishes) if n in mine] for n in range(size)]
        self.first = np.cumsum([0, *map(len, who)])
        self.who = np.array([p for mine in who for p in mine], np.int64)
        self.against = np.array(
            [
                [a is not b and bool(a.voices & b.voices) for b in problem.items]
                for a in problem.items
            ],
            np.int64,
        )
        self.suits = np.array([[self._suits(n, r) for r in range(rooms)] for n in range(size)])
        self.extra = np.full((slots, size + 1), BARRED, np.int64)
        self.extra[:, size] = 0
        for n, item in enumerate(problem.items):
            for s in item.slots:
                moved = item.slot is not None and item.slot != s
                self.extra[s, n] = problem.change * moved

    def solve(self, seed: int) -> tuple[Ints, int, int | None]:
        """Give the grid (slots, rooms) of items or −1, its cost, and the bound if there is one."""
        grid, cost = self._anneal(seed)
        bound = None
        if many(self.problem) <= MOST and (self.suits.all() or self.rooms <= SMALL):
            grid, cost, bound = self._prove(grid, cost)
        if cost >= CLASH:
            raise Impossible(
                Text("No programme was found in which speakers, slots and rooms agree.")
            )
        return self._seat(grid), cost, bound

    def _suits(self, n: int, room: int) -> bool:
        item, seats = self.problem.items[n], self.problem.rooms[room].seats
        wanted = not item.rooms or room in item.rooms
        return wanted and (seats is None or seats >= (item.seats or 0))

    def _anneal(self, seed: int) -> tuple[Ints, int]:
        size, cells = len(self.problem.items), self.slots * self.rooms
        own = np.repeat(np.minimum(self.extra[:, :size], CLASH).T, self.rooms, axis=1)
        own += CLASH * np.tile(~self.suits, self.slots)
        against = self.against * CLASH
        found: tuple[int, Ints] | None = None
        for start in range(STARTS):
            grid = np.full(cells, -1, np.int64)
            grid[:size] = np.arange(size)
            cost = self._cost(grid, own, against)
            figures, best = np.array([cost, cost], np.int64), grid.copy()
            counts = self._counts(grid)
            chance = fresh(seed * 1_000 + start)
            # Rules weigh far more than wishes: they are settled while it is hot.
            warmths = np.concatenate((cooling(CLASH / 4, 8, STEPS // 4), cooling(8, 0.25, STEPS)))
            for k in range(0, len(warmths), CHUNK):
                if found and self.watch.left() < 1:
                    break
                part = warmths[k : k + CHUNK]
                anneal(
                    *(grid, best, counts, self.first, self.who, own, against, self.rooms),
                    *(chance, LUCK, part, MOVES, figures),
                )
            self.watch.tell((start + 1) / STARTS / 2)
            if found is None or figures[1] < found[0]:
                found = int(figures[1]), best
        if found is None:
            raise AssertionError("at least one start is made")
        return found[1], found[0]

    def _counts(self, grid: Ints) -> Ints:
        counts = np.zeros((self.slots, max(1, len(self.problem.wishes))), np.int64)
        for place, n in enumerate(grid.tolist()):
            if n >= 0:
                counts[place // self.rooms, self.who[self.first[n] : self.first[n + 1]]] += 1
        return counts

    def _cost(self, grid: Ints, own: Ints, against: Ints) -> int:
        whole = int(np.maximum(self._counts(grid) - 1, 0).sum())
        for row in grid.reshape(self.slots, self.rooms).tolist():
            items = [n for n in row if n >= 0]
            whole += int(against[np.ix_(items, items)].sum()) // 2
        return whole + sum(int(own[n, p]) for p, n in enumerate(grid.tolist()) if n >= 0)

    def _prove(self, grid: Ints, cost: int) -> tuple[Ints, int, int | None]:
        rows, inverse = np.unique(self.extra, axis=0, return_inverse=True)
        inverse = inverse.ravel()
        sets, lost = enumerate_sets(self.problem, self.against, self.suits)
        if not len(sets):
            return grid, cost, None
        proof = Partition(sets, lost, rows, np.bincount(inverse))
        had = self._columns(grid, sets, inverse)
        better = proof.prove(min(cost, CLASH), had, self.watch)
        if better:
            grid = self._placed([(k, sets[n]) for k, n in better], inverse)
            cost = round(sum(proof.cost[k, n] for k, n in better))
        elif cost >= CLASH and proof.bound >= CLASH:
            raise Impossible(Text("Speakers, slots and rooms cannot agree."))
        known = proof.bound > -np.inf
        return grid, cost, min(cost, max(0, ceil(proof.bound - 1e-5))) if known else None

    def _columns(self, grid: Ints, sets: Ints, inverse: Ints) -> list[tuple[int, int]]:
        """Give the columns of a grid; and of its items, each alone where there is no other way."""
        size = len(self.problem.items)
        rows = np.where(grid < 0, size, grid).reshape(self.slots, self.rooms)
        number = {tuple(one): n for n, one in enumerate(sets.tolist())}
        places = [
            (int(inverse[s]), number.get(tuple(sorted(row)))) for s, row in enumerate(rows.tolist())
        ]
        return [(k, n) for k, n in places if n is not None]

    def _placed(self, better: list[tuple[int, Ints]], inverse: Ints) -> Ints:
        size = len(self.problem.items)
        grid = np.full((self.slots, self.rooms), -1, np.int64)
        free = {int(k): np.nonzero(inverse == k)[0].tolist() for k in np.unique(inverse)}
        for k, row in better:
            items = row[row < size]
            grid[free[k].pop(0), : len(items)] = items
        return grid.ravel()

    def _seat(self, grid: Ints) -> Ints:
        """Give each slot's items rooms: that suit, the most asked in the largest, as before."""
        demand = self.problem.demand()
        whole = np.full((self.slots, self.rooms), -1, np.int64)
        for s, row in enumerate(grid.reshape(self.slots, self.rooms).tolist()):
            items = [n for n in row if n >= 0]
            if not items:
                continue
            cost = np.array(
                [[self._seating(n, r, demand[n]) for r in range(self.rooms)] for n in items], float
            )
            for n, room in zip(*linear_sum_assignment(cost), strict=True):
                whole[s, room] = items[n]
        return whole

    def _seating(self, n: int, room: int, demand: int) -> int:
        seats, before = self.problem.rooms[room].seats, self.problem.items[n].room
        over = max(0, demand - seats) if seats is not None else 0
        return (
            4 * over + (before is not None and before != room) + BARRED * (not self.suits[n, room])
        )
