"""Workshops: ranked choices and places; the fewest of the worst rank first, and proved."""

from __future__ import annotations

from fabrique.domain.solution import Solution, Status, Watch
from fabrique.solvers.workshops.check import check
from fabrique.solvers.workshops.counted import count_ranks, waiting
from fabrique.solvers.workshops.explain import explain
from fabrique.solvers.workshops.problem import Problem
from fabrique.solvers.workshops.reading import read

__all__ = ["KIND", "read"]


class Workshops:
    """Give each person a workshop of their choices, or say that there is none."""

    problem = Problem

    def solve(self, problem: Problem, seed: int, watch: Watch) -> Solution:
        """Give a plan; `seed` changes nothing, since the least is found and not looked for."""
        given, proved = _one(problem) if problem.single else _many(problem, watch)
        ranks = count_ranks(problem, given)
        if problem.single:
            assigned: dict[str, object] = {
                one: given[one, problem.slots[0]] for one in problem.people
            }
        else:
            assigned = {
                one: {slot: given[one, slot] for slot in problem.slots} for one in problem.people
            }
        solution = Solution(
            kind="workshops",
            value={"ranks": ranks},
            bound={"ranks": ranks} if proved else None,
            status=Status.PROVED if proved else Status.UNPROVED,
            seed=seed,
            seconds=watch.spent(),
            explain=explain(problem, given),
            body={
                "assigned": assigned,
                "aim": "sum" if problem.sum else "fair",
                "waiting": waiting(problem, given),
            },
        )
        if wrong := check(problem, solution):
            raise AssertionError(wrong)
        return solution

    check = staticmethod(check)
    explain = staticmethod(explain)


def _one(problem: Problem) -> tuple[dict[tuple[str, str], str | None], bool]:
    from fabrique.solvers.workshops import flow  # noqa: PLC0415 - slow to load

    slot = problem.slots[0]
    place = {one.workshop: n for n, one in enumerate(problem.offers)}
    ranks = [
        {place[name]: rank for name, rank in problem.ranks_of(person).items()}
        for person in range(len(problem.people))
    ]
    costs = (flow.even if problem.sum else flow.steep)(len(ranks), problem.ranks)
    found = flow.assign(ranks, [one.capacity for one in problem.offers], costs)
    names = [*(one.workshop for one in problem.offers), None]  # the last: none
    return {
        (person, slot): names[at] for person, at in zip(problem.people, found, strict=True)
    }, True


def _many(problem: Problem, watch: Watch) -> tuple[dict[tuple[str, str], str | None], bool]:
    from fabrique.solvers.workshops.several import Model  # noqa: PLC0415 - slow to load

    pairs, proved = Model(problem).solve(watch)
    given: dict[tuple[str, str], str | None] = {
        (person, slot): None for person in problem.people for slot in problem.slots
    }
    for person, n in pairs:
        offer = problem.offers[n]
        given[problem.people[person], offer.slot] = offer.workshop
    return given, proved


KIND = Workshops()
