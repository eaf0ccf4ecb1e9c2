"""Ask for a day with at most k gaps, exactly: found, or shown not to exist.

A person's day is cut into runs of meetings without a pause. A boolean for each run there may be
(where it begins, how long it is) says much more to a solver than one for each pause: most days
without any gap are found, or refuted, within a second.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

from msgspec import Struct
from ortools.sat.python import cp_model

from fabrique.solvers.meetings.problem import MOST_GAPS_APART, Problem

Var = cp_model.IntVar
EFFORT = 0.25
"""Deterministic seconds to ask for by default; about four of a clock."""


class Rules(Struct, frozen=True):
    """Which families of rules are asked for: left out one by one, they tell what conflicts."""

    tables: bool = True
    order: bool = True
    fairness: bool = True


EVERY = Rules()


class Answer(Enum):
    """What became of a question."""

    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"


class Asked(Struct, frozen=True):
    """The answer, and the slot of each meeting if there is one."""

    answer: Answer
    slots: tuple[int, ...] = ()


def ask(
    problem: Problem,
    most: int | None,
    seed: int,
    effort: float,
    seconds: float,
    rules: Rules = EVERY,
) -> Asked:
    """Ask for a day with at most `most` gaps in all (None: any number)."""
    model = cp_model.CpModel()
    at = [{t: model.new_bool_var("") for t in one.slots} for one in problem.meetings]
    for places in at:
        model.add_exactly_one(places.values())
    if rules.tables:
        _tables(model, problem, at)
    if rules.order:
        _order(model, problem, at)
    gaps = _gaps(model, problem, at, most, rules)
    if most and gaps:
        model.add(sum(gap for some in gaps for gap in some) <= most)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.random_seed = seed & 0x7FFFFFFF
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Asked(Answer.NONE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Asked(Answer.UNKNOWN)
    slots = (next(t for t, var in places.items() if solver.boolean_value(var)) for places in at)
    return Asked(Answer.FOUND, tuple(slots))


def _tables(model: cp_model.CpModel, problem: Problem, at: list[dict[int, Var]]) -> None:
    for t in range(len(problem.numbers)):
        held = [places[t] for places in at if t in places]
        if len(held) > problem.tables:
            model.add(sum(held) <= problem.tables)


def _order(model: cp_model.CpModel, problem: Problem, at: list[dict[int, Var]]) -> None:
    for m, n in problem.before:
        for t, var in at[n].items():
            model.add_bool_or([~var, *(earlier for u, earlier in at[m].items() if u < t)])
        for t, var in at[m].items():
            model.add_bool_or([~var, *(later for u, later in at[n].items() if u > t)])


def _gaps(
    model: cp_model.CpModel,
    problem: Problem,
    at: list[dict[int, Var]],
    most: int | None,
    rules: Rules,
) -> list[list[Var]]:
    """Give for each person with meetings one boolean a gap: the i-th says "more than i gaps"."""
    days = [some for some in problem.theirs if len(some) > 1]
    free = len(days) < len(problem.people)  # somebody has no gap, whatever the plan
    found = []
    for some in days:
        ceiling = len(some) - 1 if most is None else min(len(some) - 1, most)
        if rules.fairness and free:
            ceiling = min(ceiling, MOST_GAPS_APART)
        found.append(_runs(model, problem, [at[m] for m in some], ceiling))
    for places in (at[some[0]] for some in problem.theirs if len(some) == 1):
        model.add_exactly_one(places.values())
    if rules.fairness and not free:
        _apart(model, found)
    return found


def _runs(
    model: cp_model.CpModel, problem: Problem, meetings: list[dict[int, Var]], ceiling: int
) -> list[Var]:
    """Cut a person's day into runs, with at most `ceiling` gaps between them."""
    slots, count = len(problem.numbers), len(meetings)
    lengths = range(1, count + 1) if ceiling else (count,)
    runs = {
        (start, length): model.new_bool_var("")
        for start in range(slots)
        for length in lengths
        if start + length <= slots
    }
    busy = [model.new_bool_var("") for _ in range(slots)]
    for t in range(slots):
        here = [places[t] for places in meetings if t in places]
        model.add_exactly_one([*here, ~busy[t]])
        over = [run for (start, length), run in runs.items() if start <= t < start + length]
        model.add_exactly_one([*over, ~busy[t]])
    for (start, length), run in runs.items():
        for t in (start - 1, start + length):
            if 0 <= t < slots:
                model.add_implication(run, ~busy[t])
    gaps = [model.new_bool_var("") for _ in range(ceiling)]
    whole = [run for (_, length), run in runs.items() if length == count]
    model.add_exactly_one([*whole, *gaps[:1]])
    if gaps:
        model.add(sum(runs.values()) == 1 + sum(gaps))
        for (_, length), run in runs.items():
            if length < count:
                model.add_implication(run, gaps[0])
        for one, next_ in pairwise(gaps):
            model.add_implication(next_, one)
    return gaps


def _apart(model: cp_model.CpModel, people: list[list[Var]]) -> None:
    """Hold everybody's number of gaps within two of the fewest."""
    deepest = max(map(len, people), default=0)
    for level in range(deepest):
        # True only where everybody has more than `level` gaps.
        everybody = model.new_bool_var("")
        for gaps in people:
            if level < len(gaps):
                model.add_implication(everybody, gaps[level])
            else:
                model.add(everybody == 0)
            if level + MOST_GAPS_APART < len(gaps):
                model.add_implication(gaps[level + MOST_GAPS_APART], everybody)
