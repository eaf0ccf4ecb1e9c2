"""Mentors and newcomers: the best pairs beside chance and a plain CP-SAT model."""

from __future__ import annotations

import random
import time

from ortools.sat.python import cp_model

from bench.measure import Measure
from fabrique.domain.solution import Clocked
from fabrique.solvers import pairs
from fabrique.solvers.pairs.problem import Problem, same, score

RUNS = 7
NEAR = 40
"""Candidates of each mentor in the plain model, which cannot hold all of them."""


def measures() -> list[Measure]:
    """Measure 60 × 80 and 420 × 440 between two tables, 100 people inside one."""
    whole = []
    for mentors, newcomers in ((60, 80), (420, 440)):
        problem = pairs.read(
            (table(1, "m", mentors), "mentors"), (table(2, "n", newcomers), "newcomers")
        )
        whole += _between(f"plan_pairs_{mentors}x{newcomers}", problem)
    inside = pairs.read((table(3, "p", 100), "people"))
    found = [pairs.KIND.solve(inside, 1, _watch()) for _ in range(3)]
    return [
        *whole,
        Measure("plan_pairs_inside_100_ms", [1000 * one.seconds for one in found], "ms"),
        Measure(
            "plan_pairs_inside_100_proved",
            [float(one.status == "proved") for one in found],
            "share",
            1,
            least=True,
        ),
    ]


def table(seed: int, prefix: str, people: int) -> bytes:
    """Give people of 60 structures, with two to six of 25 interests."""
    chance = random.Random(seed)
    topics = [f"t{n}" for n in range(25)]
    rows = ["id,interests,structure,capacity"]
    for n in range(people):
        mine = "|".join(chance.sample(topics, chance.randint(2, 6)))
        rows.append(f"{prefix}{n},{mine},s{chance.randrange(60)},1")
    return ("\n".join(rows) + "\n").encode()


def _between(name: str, problem: Problem) -> list[Measure]:
    found = [pairs.KIND.solve(problem, 1, _watch()) for _ in range(RUNS)]
    plain, seconds = _plain(problem)
    return [
        Measure(f"{name}_ms", [1000 * one.seconds for one in found], "ms", 50),
        Measure(f"{name}_score", [float(found[0].value["score"])], "points"),
        Measure(f"{name}_random_score", [_chance(problem, seed) for seed in range(5)], "points"),
        Measure(f"{name}_cp_sat_score", [float(plain)], "points"),
        Measure(f"{name}_cp_sat_ms", [1000 * seconds], "ms"),
    ]


def _watch() -> Clocked:
    return Clocked(time.monotonic, 20.0, time.monotonic())


def _chance(problem: Problem, seed: int) -> float:
    """Give the score of pairs drawn at random, those of one structure not counted."""
    newcomers = list(problem.newcomers or ())
    random.Random(seed).shuffle(newcomers)
    drawn = zip(problem.mentors, newcomers, strict=False)
    return float(sum(score(a, b, both_ways=False) for a, b in drawn if not same(a, b)))


def _plain(problem: Problem) -> tuple[int, float]:
    """Give the score that a plain model finds among the nearest of each mentor, and its seconds."""
    model = cp_model.CpModel()
    newcomers = problem.newcomers or ()
    met: dict[str, list[cp_model.IntVar]] = {one.id: [] for one in newcomers}
    worth = []
    for mentor in problem.mentors:
        scores = [(score(mentor, one, both_ways=False), one.id) for one in newcomers]
        mine = [(model.new_bool_var(""), *one) for one in sorted(scores, reverse=True)[:NEAR]]
        model.add_at_most_one(one for one, *_ in mine)
        for one, value, other in mine:
            met[other].append(one)
            worth.append(value * one)
    for group in met.values():
        model.add_at_most_one(group)
    model.maximize(sum(worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = 20
    begun = time.monotonic()
    solver.solve(model)
    return round(solver.objective_value), time.monotonic() - begun
