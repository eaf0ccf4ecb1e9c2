"""Say in sentences what a plan of meetings does not meet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fabrique.domain.text import Text
from fabrique.solvers.meetings.problem import Meeting, Problem


def explain_left(problem: Problem, left: Sequence[Meeting]) -> list[Text]:
    """Name each wish that is not held, and whoever meets nobody."""
    held = {one.index for one in problem.meetings} - {one.index for one in left}
    met = {who for one in problem.meetings if one.index in held for who in one.ends}
    alone = sorted({who for one in left for who in one.ends} - met)
    people = problem.people
    return [
        *(Text("{who} meets nobody.", {"who": people[who].said}) for who in alone),
        *(
            Text(
                "Wish {row} is not held: {a} with {b}.",
                {"row": one.index, "a": people[one.a].said, "b": people[one.b].said},
            )
            for one in left
        ),
    ]


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
