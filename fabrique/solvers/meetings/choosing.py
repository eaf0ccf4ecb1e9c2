"""Choose which wishes are held where not all can be: everybody first, then rank by rank."""

from __future__ import annotations

from msgspec import Struct

from fabrique.solvers.meetings.problem import Meeting, Problem, keep

FAIR = (100_000, 300, 100, 30)
"""What somebody's first, second, third and fourth meeting is worth beside the wishes themselves."""
EFFORT = 4.0
"""Deterministic seconds."""


class Choice(Struct, frozen=True):
    """What is held, a day on which it can be, what is left out, and whether no choice is better."""

    held: Problem
    slots: tuple[int, ...]
    left: tuple[Meeting, ...]
    best: bool


def choose(problem: Problem, seed: int, seconds: float) -> Choice | None:
    """Choose the wishes that are worth most together and have a day; None where none was found."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to load

    model = cp_model.CpModel()
    at = [{t: model.new_bool_var("") for t in one.slots} for one in problem.meetings]
    held = [model.new_bool_var("") for _ in problem.meetings]
    worth = []
    for one, places, var in zip(problem.meetings, at, held, strict=True):
        model.add_exactly_one([*places.values(), ~var])
        if one.worth is None:
            model.add_bool_or([var])
        worth.append(var * (one.worth or 0))
    for some in problem.theirs:
        for t in range(len(problem.numbers)):
            model.add_at_most_one([at[m][t] for m in some if t in at[m]])
        steps = [model.new_bool_var("") for _ in range(min(len(FAIR), len(some)))]
        if steps:
            model.add(sum(steps) <= sum(held[m] for m in some))
        worth += [step * points for step, points in zip(steps, FAIR, strict=False)]
    for t in range(len(problem.numbers)):
        model.add(sum(places[t] for places in at if t in places) <= problem.tables)
    for m, n in problem.before:
        for t, var in at[n].items():
            sooner = [earlier for u, earlier in at[m].items() if u < t]
            model.add_bool_or([~var, ~held[m], *sooner])
    model.maximize(sum(worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed & 0x7FFFFFFF
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    chosen = [m for m, var in enumerate(held) if solver.boolean_value(var)]
    slots = (next(t for t, var in at[m].items() if solver.boolean_value(var)) for m in chosen)
    out = tuple(one for m, one in enumerate(problem.meetings) if m not in set(chosen))
    return Choice(keep(problem, chosen), tuple(slots), out, status == cp_model.OPTIMAL)
