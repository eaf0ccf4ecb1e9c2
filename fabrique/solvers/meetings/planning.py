"""From a problem to a plan: which wishes are held, when, at which tables, and how good that is."""

from __future__ import annotations

from fabrique.domain.solution import Impossible, Solution, Status, Watch
from fabrique.solvers.meetings.annealing import run
from fabrique.solvers.meetings.choosing import Choice, choose
from fabrique.solvers.meetings.counting import narrowed
from fabrique.solvers.meetings.explain import explain, explain_left
from fabrique.solvers.meetings.problem import Problem, keep
from fabrique.solvers.meetings.searching import FIRST, MARGIN, Held, search, worth
from fabrique.solvers.meetings.seating import seat


def plan(problem: Problem, seed: int, watch: Watch) -> Solution:
    """Plan; raise `Impossible` where nothing fits, or nothing was found in time."""
    choice = _choice(problem, seed, watch)
    held = Held(seed)
    if choice.slots:
        held.take(choice.held, choice.slots)
    if choice.held.meetings:
        search(choice.held, held, watch)
    return _solution(problem, choice, held, watch)


def _choice(problem: Problem, seed: int, watch: Watch) -> Choice:
    """Hold everything where that can be, else what is worth most."""
    if all(one.worth is None for one in problem.meetings):
        return Choice(narrowed(problem), (), (), best=True)
    try:
        whole = narrowed(problem)
    except Impossible:
        pass
    else:
        slots = run(whole, seed, FIRST, watch, MARGIN).slots
        if worth(whole, slots) is not None:
            return Choice(whole, slots, (), best=True)
    found = choose(problem, seed, watch.left() / 2)
    if found:
        return found
    musts = [m for m, one in enumerate(problem.meetings) if one.worth is None]
    left = tuple(one for one in problem.meetings if one.worth is not None)
    return Choice(keep(problem, musts), (), left, best=False)


def _solution(problem: Problem, choice: Choice, held: Held, watch: Watch) -> Solution:
    meetings, numbers = choice.held.meetings, problem.numbers
    tables = seat(choice.held, held.slots)
    rows = [
        {"index": one.index, "slot": numbers[t], "table": table}
        for one, t, table in zip(meetings, held.slots, tables, strict=True)
    ]
    value, bound = {"gaps": held.gaps or 0}, {"gaps": held.bound}
    body: dict[str, object] = {"meetings": rows}
    if any(one.worth is not None for one in problem.meetings):
        value["left"] = len(choice.left)
        bound["left"] = len(choice.left) if choice.best else 0
        body["left"] = [one.index for one in choice.left]
    proved = held.proved or not meetings
    status = Status.GAP if held.refuted or (proved and not choice.best) else Status.UNPROVED
    return Solution(
        kind="meetings",
        value=value,
        bound=bound,
        status=Status.PROVED if proved and choice.best else status,
        seed=held.seed,
        seconds=watch.spent(),
        explain=(*explain_left(problem, choice.left), *explain(choice.held, held.slots)),
        body=body,
    )
