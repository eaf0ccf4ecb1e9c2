"""Say in sentences what a plan of meetings does not meet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fabrique.domain.text import Text
from fabrique.solvers.meetings.problem import Problem


def explain(problem: Problem, slots: Sequence[int]) -> tuple[Text, ...]:
    """Name each person who waits between two meetings, and when."""
    said = []
    for who, some in enumerate(problem.theirs):
        day = sorted(slots[m] for m in some)
        waits = [(a, b) for a, b in pairwise(day) if b - a > 1]
        for sooner, later in waits:
            times = {"after": problem.numbers[sooner], "before": problem.numbers[later]}
            told = {"who": problem.people[who].said, **times}
            said.append(Text("{who} waits between slots {after} and {before}.", told))
    return tuple(said)
