"""Rotating tables: repeats, mix and seconds of the cases that are known, each a whole command.

Seconds are those of the processor, the start of the command included: other work on the machine is
left out. Beside them, in the same run: seats by chance, and the plain model of constraints (a
boolean for each person, table and round) in ten seconds for 100 people at ten tables.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

from msgspec import Struct
from ortools.sat.python import cp_model

from bench.measure import Measure
from fabrique.solvers._chance import below, fresh

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
MIX = "trade=3,level=2,territory=2,since=2"
SEEDS = (1, 2, 3)
PLAIN_SECONDS = 10.0


class Case(Struct, frozen=True):
    """A room, and what is wanted of it: repeats, seconds, per cent of mix above the bound."""

    people: int
    tables: int
    rounds: int
    repeats: int
    seconds: float = 1.0
    mix: float | None = None


MIXED = (
    Case(100, 10, 4, 0, 2, 2.5),
    Case(100, 11, 6, 0, 3, 6),
    Case(840, 84, 8, 0, 10, 5),
)
ROOMS = (
    Case(20, 5, 4, 0),
    Case(32, 8, 5, 0),
    Case(32, 8, 9, 0),
    Case(32, 8, 10, 0),
    Case(36, 6, 4, 2),
    Case(30, 3, 4, 120),
    Case(60, 10, 6, 0),
    Case(100, 20, 6, 0),
    Case(100, 17, 8, 0),
    Case(100, 10, 4, 0),
    Case(100, 10, 5, 26),
    Case(100, 10, 6, 80),
    Case(100, 11, 6, 0),
    Case(840, 84, 8, 0, 3),
    Case(840, 140, 8, 0, 3),
    Case(10_000, 1250, 6, 0, 60),
)


def measures() -> list[Measure]:
    """Plan every case, the mixed ones with three seeds; then the references."""
    found: list[Measure] = []
    with tempfile.TemporaryDirectory() as work:
        for case in (*MIXED, *ROOMS):
            found += _measured(case, Path(work))
        found += _repair(Path(work))
    return [*found, *_references()]


def _measured(case: Case, work: Path) -> list[Measure]:
    mixed = case.mix is not None
    file = DATA / f"people-{case.people}.csv" if mixed else _crowd(work, case.people)
    options = ["--tables", case.tables, "--rounds", case.rounds, *(["--mix", MIX] if mixed else [])]
    made = [_plan(work / "plan.json", file, *options, "--seed", seed) for seed in SEEDS]
    name = f"plan_tables_{case.people}_{case.tables}_{case.rounds}{'_mixed' if mixed else ''}"
    again = [plan["value"]["repeats"] for plan, _ in made]
    found = [
        Measure(f"{name}_repeats", again, "", case.repeats),
        Measure(f"{name}_s", [seconds for _, seconds in made], "s", case.seconds),
    ]
    if mixed:
        found.append(Measure(f"{name}_above", [_above(plan) for plan, _ in made], "%", case.mix))
    return found


def _above(plan: dict) -> float:
    return 100 * (plan["value"]["mix"] / plan["bound"]["mix"] - 1)


def _crowd(work: Path, people: int) -> Path:
    file = work / f"{people}.csv"
    file.write_text("id\n" + "".join(f"p{n}\n" for n in range(people)))
    return file


def _plan(out: Path, *arguments: object) -> tuple[dict, float]:
    command = [sys.executable, "-m", "fabrique", "plan", "tables", *map(str, arguments)]
    before = os.times()
    subprocess.run(
        [*command, "--seconds", "300", "--out", out], check=True, stderr=subprocess.DEVNULL
    )
    after = os.times()
    spent = (after[2] + after[3]) - (before[2] + before[3])  # of children: theirs, the system's
    return json.loads(out.read_text(encoding="utf-8")), spent


def _repair(work: Path) -> list[Measure]:
    """Eight leave after the first of four rounds, eight come."""
    people, before = DATA / "people-100.csv", work / "before.json"
    first, _ = _plan(before, people, "--tables", 10, "--rounds", 4, "--mix", MIX)
    gone = [one for table in first["rounds"][0] for one in table[:1]][:8]
    (work / "absent").write_text("\n".join(gone))
    late = [f"n{n},direction,expert,Bretagne,nouveau" for n in range(8)]
    (work / "late").write_text("id,trade,level,territory,since\n" + "\n".join(late))
    files = ("--absent", work / "absent", "--late", work / "late")
    options = ("--mix", MIX, "--locked", before, "--played", 1, *files)
    made = [_plan(work / "again.json", people, *options, "--seed", seed) for seed in SEEDS]
    moved = [len({one["id"] for one in plan["moved"]}) / len(gone) for plan, _ in made]
    more = [plan["value"]["repeats"] - first["value"]["repeats"] for plan, _ in made]
    return [
        Measure("plan_tables_repair_moved_per_absent", moved, "", 3),
        Measure("plan_tables_repair_repeats_more", more, "", 0),
        Measure("plan_tables_repair_s", [seconds for _, seconds in made], "s", 1),
    ]


def _references() -> list[Measure]:
    return [
        Measure("plan_tables_100_10_4_by_chance_repeats", [_by_chance(seed) for seed in SEEDS], ""),
        Measure("plan_tables_100_10_4_plain_model_repeats", [_plain(100, 10, 4)], ""),
    ]


def _by_chance(seed: int) -> int:
    state, met = fresh(seed), {}
    for _ in range(4):
        people = list(range(100))
        for last in range(99, 0, -1):
            other = below(state, last + 1)
            people[last], people[other] = people[other], people[last]
        for first in range(0, 100, 10):
            for pair in combinations(sorted(people[first : first + 10]), 2):
                met[pair] = met.get(pair, 0) + 1
    return sum(times - 1 for times in met.values())


def _plain(people: int, tables: int, rounds: int) -> int:
    """Give the repeats that the plain model ends with, or every pair where it finds nothing."""
    model = cp_model.CpModel()
    sits = {
        (one, table, turn): model.new_bool_var("")
        for one in range(people)
        for table in range(tables)
        for turn in range(rounds)
    }
    for turn in range(rounds):
        for one in range(people):
            model.add_exactly_one(sits[one, table, turn] for table in range(tables))
        for table in range(tables):
            model.add(sum(sits[one, table, turn] for one in range(people)) == people // tables)
    more = []
    for one, other in combinations(range(people), 2):
        meets = []
        for table in range(tables):
            for turn in range(rounds):
                both = model.new_bool_var("")
                model.add_bool_or(~sits[one, table, turn], ~sits[other, table, turn], both)
                meets.append(both)
        again = model.new_int_var(0, rounds, "")
        model.add(again >= sum(meets) - 1)
        more.append(again)
    model.minimize(sum(more))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = PLAIN_SECONDS
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return round(solver.objective_value) if found else people * (people - 1) // 2
