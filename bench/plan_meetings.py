"""One-to-one meetings: how many public instances are planned as well as can be, in time.

The instances are read where they lie, beside the project, and never copied (no licence is stated).
Times are those of the whole command, on one core. Beside it, the plain model: a boolean for each
meeting and slot, gaps counted pause by pause and minimised, with the solver's own settings.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from ortools.sat.python import cp_model

from bench.measure import Measure
from fabrique.domain.solution import Impossible
from fabrique.solvers.meetings.counting import narrowed
from fabrique.solvers.meetings.problem import Problem
from fabrique.solvers.meetings.reading import read_instance

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "grouping"
LIMITS = (3, 20, 60)
PLAIN = 10.0
NO_SOLUTION = 3


class Known(Struct, frozen=True):
    """An instance, and the fewest gaps that are known; None: there is no schedule."""

    path: Path
    best: int | None

    @property
    def original(self) -> bool:
        """Say whether it is one of the originals, not a variant."""
        return self.path.stem.endswith(".original")


class Outcome(Struct, frozen=True):
    """What a command gave in `seconds`; gaps are None where it gave no plan."""

    known: Known
    code: int
    seconds: float
    gaps: int | None
    proved: bool

    @property
    def optimal(self) -> bool:
        """Say whether nothing better is known."""
        return self.gaps is not None and self.gaps == self.known.best


def measures() -> list[Measure]:
    """Measure every public instance; nothing where they are absent."""
    known = instances()
    if not known:
        return []
    _outcome(known[0], 60)  # compiles, once on a machine
    runs = {limit: [_outcome(one, limit) for one in known] for limit in LIMITS}
    plain = [_plain(read_instance(one.path.read_bytes())) for one in known if one.original]
    best = [one.best for one in known if one.original]
    met = [gaps == wanted for gaps, wanted in zip(plain, best, strict=True)]
    return [
        *_shares(runs),
        Measure(f"plan_meetings_plain_optimal_{PLAIN:g}s", [_percent(met)], "%"),
    ]


def instances(folder: Path = FOLDER) -> list[Known]:
    """Find the instances and what is known of them."""
    table = folder / "b2bsp_best_known.csv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8") as file:
        return [
            Known(
                folder / "b2bsp" / f"{row['instance']}.dzn",
                int(row["idle_gaps"]) if row["idle_gaps"] else None,
            )
            for row in csv.DictReader(file)
        ]


def _shares(runs: dict[int, list[Outcome]]) -> list[Measure]:
    targets = {3: 60.0, 20: 80.0}
    found = []
    for limit, outcomes in runs.items():
        originals = [one for one in outcomes if one.known.original]
        feasible = [one for one in outcomes if one.known.best is not None]
        late = max(one.seconds / limit for one in outcomes)
        name = f"plan_meetings_{{}}_{limit}s"
        optimal = _percent([one.optimal for one in originals])
        excess = sum((one.gaps or 0) - (one.known.best or 0) for one in feasible)
        proved = _percent([one.proved for one in originals])
        wanted = 70.0 if limit == max(LIMITS) else None
        found += [
            Measure(name.format("optimal"), [optimal], "%", targets.get(limit), least=True),
            Measure(name.format("proved"), [proved], "%", wanted, least=True),
            Measure(
                name.format("planned"),
                [_percent([one.gaps is not None for one in feasible])],
                "%",
                100,
                least=True,
            ),
            Measure(name.format("excess_gaps"), [excess], "gaps"),
            Measure(name.format("time_of_limit"), [100 * late], "%", 110),
        ]
    named = [
        one.code == NO_SOLUTION
        for outcomes in runs.values()
        for one in outcomes
        if one.known.best is None
    ]
    return [
        *found,
        Measure("plan_meetings_impossible_named", [_percent(named)], "%", 100, least=True),
    ]


def _percent(met: list[bool]) -> float:
    return 100 * sum(met) / max(len(met), 1)


def _outcome(known: Known, limit: int) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "plan.json"
        command = [sys.executable, "-m", "fabrique", "plan", "meetings", str(known.path)]
        begun = time.monotonic()
        done = subprocess.run(
            [*command, "--out", str(out), "--seconds", str(limit)],
            check=False,
            capture_output=True,
            preexec_fn=_one_core,
        )
        seconds = time.monotonic() - begun
        if done.returncode:
            return Outcome(known, done.returncode, seconds, None, proved=False)
        plan = json.loads(out.read_text())
        proved = plan["status"] == "proved"
        return Outcome(known, 0, seconds, plan["value"]["gaps"], proved)


def _one_core() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _plain(problem: Problem) -> int | None:
    """Give the gaps that the plain model finds in the time it has."""
    try:
        problem = narrowed(problem)
    except Impossible:
        return None
    model = cp_model.CpModel()
    slots = range(len(problem.numbers))
    at = [{t: model.new_bool_var("") for t in one.slots} for one in problem.meetings]
    for places in at:
        model.add_exactly_one(places.values())
    for t in slots:
        model.add(sum(places[t] for places in at if t in places) <= problem.tables)
    for m, n in problem.before:
        first, second = (sum(t * var for t, var in at[one].items()) for one in (m, n))
        model.add(first < second)
    total = []
    for some in problem.theirs:
        busy = [model.new_bool_var("") for _ in slots]
        for t in slots:
            model.add(sum(at[m][t] for m in some if t in at[m]) == busy[t])
        starts = [model.new_bool_var("") for _ in slots]
        for (before, now), start in zip(pairwise(busy), starts[1:], strict=True):
            model.add(start >= now - before)
        model.add(starts[0] == busy[0])
        gaps = model.new_int_var(0, 2, "")
        model.add(gaps >= sum(starts) - 1)
        total.append(gaps)
    model.minimize(sum(total))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = PLAIN
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return round(solver.objective_value) if found else None
