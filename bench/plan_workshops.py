"""Workshops by choice: the fairest places beside a queue, chance and a plain CP-SAT model."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import starmap

from ortools.sat.python import cp_model

from bench.measure import Measure
from fabrique.domain.solution import Clocked
from fabrique.solvers import workshops
from fabrique.solvers.workshops.counted import count_ranks, queued
from fabrique.solvers.workshops.flow import steep
from fabrique.solvers.workshops.problem import Problem

RANKS = 5
RUNS = 7
REFERENCE_SECONDS = 20


def measures() -> list[Measure]:
    """Measure 100 people on 8 workshops of 13, and 840 on 20 of 45."""
    return [
        one
        for name, people, names, capacity in (("100x8", 100, 8, 13), ("840x20", 840, 20, 45))
        for one in _measured(name, made(people, names, capacity))
    ]


def made(people: int, names: int, capacity: int) -> Problem:
    """Give people whose five wishes go to few workshops: one is ten times as asked as another."""
    chance = random.Random(6)
    asked = [1 / (1 + 9 * n / (names - 1)) for n in range(names)]
    rows = [",".join(["id", *(f"choice{n + 1}" for n in range(RANKS))])]
    for person in range(people):
        # Efraimidis and Spirakis: weighted, without the same twice.
        keys = sorted(range(names), key=lambda n: -(chance.random() ** (1 / asked[n])))
        rows.append(",".join([f"p{person}", *(f"w{n}" for n in keys[:RANKS])]))
    places = ["workshop,capacity", *(f"w{n},{capacity}" for n in range(names))]
    return workshops.read(*((("\n".join(one) + "\n").encode(), "") for one in (rows, places)))


def _measured(name: str, problem: Problem) -> list[Measure]:
    begun = _begin()
    solutions = [workshops.KIND.solve(problem, 1, begun()) for _ in range(RUNS)]
    ranks = list(solutions[0].value["ranks"])
    queue = count_ranks(problem, queued(problem))
    plain, seconds = _plain(problem)
    proved = sum(one.status == "proved" for one in solutions) / RUNS
    whole = [
        Measure(f"plan_workshops_{name}_ms", [1000 * one.seconds for one in solutions], "ms", 50),
        Measure(f"plan_workshops_{name}_proved", [proved], "share", 1, least=True),
        Measure(f"plan_workshops_{name}_cp_sat_ms", [1000 * seconds], "ms"),
    ]
    counts = {"fair": ranks, "queue": queue, "cp_sat": plain}
    for who, found in counts.items():
        head = f"plan_workshops_{name}_{who}"
        pairs = [("first", found[0]), ("last", found[-2]), ("none", found[-1])]
        whole += starmap(lambda key, n, head=head: Measure(f"{head}_{key}", [n], "people"), pairs)
    return whole


def _begin() -> Callable[[], Clocked]:
    return lambda: Clocked(time.monotonic, 20.0, time.monotonic())


def _plain(problem: Problem) -> tuple[list[int], float]:
    """Give the ranks that a plain model finds with the same costs, and its seconds."""
    model = cp_model.CpModel()
    costs = steep(len(problem.people), problem.ranks)
    room: dict[str, list[cp_model.IntVar]] = {one.workshop: [] for one in problem.offers}
    taken = []
    for person in range(len(problem.people)):
        mine = [(None, problem.ranks), *problem.ranks_of(person).items()]
        places = [(model.new_bool_var(""), rank, name) for name, rank in mine]
        model.add_exactly_one(one for one, *_ in places)
        for one, _, name in places:
            if name is not None:
                room[name].append(one)
        taken += places
    for offer in problem.offers:
        model.add(sum(room[offer.workshop]) <= offer.capacity)
    model.minimize(sum(costs[rank] * one for one, rank, _ in taken))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = REFERENCE_SECONDS
    begun = time.monotonic()
    status = solver.solve(model)
    counts = [0] * (problem.ranks + 1)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for one, rank, _ in taken:
            counts[rank] += solver.value(one)
    return counts, time.monotonic() - begun
