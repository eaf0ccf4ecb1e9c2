"""One-to-one meetings: to each a slot and a table, with as few gaps in people's days as can be."""

from __future__ import annotations

from fabrique.domain.solution import Solution, Watch
from fabrique.solvers.meetings.check import check
from fabrique.solvers.meetings.counting import possible
from fabrique.solvers.meetings.explain import explain
from fabrique.solvers.meetings.problem import Problem


class Meetings:
    """What plans days of one-to-one meetings."""

    def solve(self, problem: Problem, seed: int, watch: Watch) -> Solution:
        """Plan; raise `Impossible` where nothing fits, or nothing was found in time."""
        possible(problem)
        from fabrique.solvers.meetings.planning import plan  # noqa: PLC0415 - compiles

        solution = plan(problem, seed, watch)
        wrong = check(problem, solution)
        if wrong:
            raise AssertionError(wrong)  # ours, never the reader's
        return solution

    check = staticmethod(check)
    explain = staticmethod(explain)


KIND = Meetings()
