"""Programmes: wishes lost and proofs on grids, conferences of CoSPLib beside what was published."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from bench.measure import Measure
from fabrique.domain.solution import Clocked
from fabrique.solvers import programme
from fabrique.solvers.programme.grid.check import lost
from fabrique.solvers.programme.grid.problem import Problem

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "grouping" / "cosplib"
PUBLISHED: dict[str, float | None] = {
    "N2OR": 2,
    "GECCO19": 1_000_116,
    "GECCO21": 11_130,
    "OR60F": 433,
    "GECCO22": None,
    "GECCO20Workshop": None,
    "GECCO22Workshop": None,
    "ISF22": None,
}
GRIDS = {"24": (100, 24, 6, 4, 5, 3.0), "40x840": (840, 40, 8, 5, 6, 15.0)}
PLAIN_SECONDS = 20
RUNS = 3


def measures() -> list[Measure]:
    """Measure both grids, then each conference that is at hand."""
    whole = []
    for name, (people, items, slots, rooms, wishes, limit) in GRIDS.items():
        content = json.dumps(made(people, items, slots, rooms, wishes)).encode()
        whole += _grid(f"plan_programme_{name}", content, limit)
    for name, least in PUBLISHED.items():
        path = FOLDER / f"{name}.xlsx"
        if path.exists():
            whole += _conference(f"plan_programme_{name}", path, least)
    return whole


def made(people: int, items: int, slots: int, rooms: int, wishes: int) -> dict[str, Any]:
    """Give a grid whose most wished item is wished four times as often as the least."""
    chance = random.Random(6)
    asked = [1 / (1 + 3 * n / items) for n in range(items)]
    wished = {}
    for person in range(people):
        # Efraimidis and Spirakis: weighted, without the same twice.
        order = sorted(range(items), key=lambda n: -(chance.random() ** (1 / asked[n])))
        wished[f"p{person}"] = [f"i{n}" for n in order[:wishes]]
    return {
        "format": "fabrique.programme/1",
        "slots": [{"id": f"s{n}"} for n in range(slots)],
        "rooms": [{"id": f"r{n}"} for n in range(rooms)],
        "items": [{"id": f"i{n}"} for n in range(items)],
        "wishes": wished,
    }


def _watch(seconds: float = 60.0) -> Clocked:
    return Clocked(time.monotonic, seconds, time.monotonic())


def _grid(name: str, content: bytes, limit: float) -> list[Measure]:
    problem = programme.read(content, "grid.json")
    if not isinstance(problem, Problem):
        raise TypeError("a grid is no conference")
    programme.KIND.solve(problem, 1, _watch())  # compiles
    found = [programme.KIND.solve(problem, 1, _watch()) for _ in range(RUNS)]
    proved = [float(one.status == "proved") for one in found]
    return [
        Measure(f"{name}_s", [one.seconds for one in found], "s", limit),
        Measure(f"{name}_proved", proved, "share", 1, least=True),
        Measure(f"{name}_lost", [float(found[0].value["lost"])], "wishes"),
        Measure(f"{name}_random_lost", [_chance(problem, seed) for seed in range(9)], "wishes"),
        Measure(f"{name}_cp_sat_lost", [_plain(problem)], "wishes"),
    ]


def _chance(problem: Problem, seed: int) -> float:
    """Give what is lost when items are dealt out."""
    cells = [(s, r) for s in range(len(problem.slots)) for r in range(len(problem.rooms))]
    random.Random(seed).shuffle(cells)
    return float(lost(problem, cells[: len(problem.items)]))


def _plain(problem: Problem) -> float:
    """Give what a plain model loses after twenty seconds."""
    model = cp_model.CpModel()
    slots, items = range(len(problem.slots)), range(len(problem.items))
    at = [[model.new_bool_var("") for _ in slots] for _ in items]
    for row in at:
        model.add_exactly_one(row)
    for s in slots:
        model.add(sum(at[n][s] for n in items) <= len(problem.rooms))
    beside = []
    for mine in problem.wishes:
        for s in slots:
            over = model.new_int_var(0, len(mine), "")
            model.add(over >= sum(at[n][s] for n in mine) - 1)
            beside.append(over)
    model.minimize(sum(beside))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = PLAIN_SECONDS
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return solver.objective_value if found else float("inf")


def _conference(name: str, path: Path, least: float | None) -> list[Measure]:
    instance = programme.read(path.read_bytes(), path.name)
    programme.KIND.solve(instance, 1, _watch(1))  # compiles
    found = programme.KIND.solve(instance, 1, _watch())
    return [
        Measure(f"{name}_lost", [float(found.value["lost"])], "points", least),
        Measure(f"{name}_s", [found.seconds], "s"),
    ]
