"""Rotating tables: who sits where in each round, so that people meet and mix."""

from __future__ import annotations

from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers.tables.bound import least_mix, least_repeats
from fabrique.solvers.tables.check import check
from fabrique.solvers.tables.problem import Problem

__all__ = ["KIND", "Tables"]


class Tables:
    """Solve, check: the kind `tables`."""

    problem = Problem

    def solve(self, problem: Problem, seed: int, watch: Watch) -> Solution:
        """Give a plan that was checked; raise `Impossible` where there is none."""
        from fabrique.solvers.tables.plan import made  # noqa: PLC0415 - numba loads for a second

        solution = made(problem, seed, watch, self.bound(problem))
        wrong = check(problem, solution)
        if wrong:
            raise AssertionError(wrong[0].msgid.format(**wrong[0].params))
        return solution

    def bound(self, problem: Problem) -> dict[str, int]:
        """Give what no plan is below."""
        return {"repeats": least_repeats(problem), "mix": least_mix(problem)}

    def check(self, problem: Problem, solution: Solution) -> list[Text]:
        """Give a sentence for each thing that is wrong."""
        return check(problem, solution)


KIND = Tables()
