"""Pairs: mentors and newcomers, or inside one population; the best score, and proved."""

from __future__ import annotations

from fabrique.domain.solution import Impossible, Solution, Status, Watch
from fabrique.domain.text import Text
from fabrique.solvers.pairs.check import check
from fabrique.solvers.pairs.explain import explain
from fabrique.solvers.pairs.problem import Problem, score
from fabrique.solvers.pairs.reading import read

__all__ = ["KIND", "read"]


class Pairs:
    """Bring people together by two."""

    problem = Problem

    def solve(self, problem: Problem, seed: int, watch: Watch) -> Solution:
        """Give a plan; `seed` changes nothing, since the best is found and not looked for."""
        if problem.newcomers is None:
            pairs, bound = _inside(problem, watch)
        else:
            pairs, bound = _between(problem), None
        first, second = problem.find()
        inside = problem.newcomers is None
        worth = sum(score(first[one], second[other], both_ways=inside) for one, other in pairs)
        bound = bound if inside else worth
        status = Status.UNPROVED if bound is None else Status.GAP
        solution = Solution(
            kind="pairs",
            value={"score": worth},
            bound=None if bound is None else {"score": bound},
            status=Status.PROVED if bound == worth else status,
            seed=seed,
            seconds=watch.spent(),
            explain=explain(problem, pairs),
            body={"pairs": [list(pair) for pair in pairs]},
        )
        if wrong := check(problem, solution):
            raise AssertionError(wrong)
        return solution

    check = staticmethod(check)
    explain = staticmethod(explain)


def _between(problem: Problem) -> list[tuple[str, str]]:
    from fabrique.solvers.pairs.assignment import assign  # noqa: PLC0415 - slow to load

    newcomers = problem.newcomers or ()
    if not any(one.capacity for one in problem.mentors):
        raise Impossible(Text("No mentor has room for anybody."))
    found = assign(problem.mentors, newcomers)
    return [(problem.mentors[one].id, newcomers[other].id) for one, other in found]


def _inside(problem: Problem, watch: Watch) -> tuple[list[tuple[str, str]], int | None]:
    from fabrique.solvers.pairs.matching import Matching  # noqa: PLC0415 - slow to load

    people = problem.mentors
    if len(people) < 2:  # noqa: PLR2004 - a pair
        raise Impossible(Text("“{id}” is alone: a pair takes two.", {"id": people[0].id}))
    pairs, bound = Matching(people, watch).solve()
    return [(people[one].id, people[other].id) for one, other in pairs], bound


KIND = Pairs()
