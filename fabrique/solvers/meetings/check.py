"""Look at a plan again, from the problem alone: shares nothing with what made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from fabrique.domain.solution import Solution
from fabrique.domain.text import Text
from fabrique.solvers.meetings.problem import MOST_GAPS_APART, Problem, keep


def check(problem: Problem, solution: Solution) -> list[Text]:
    """Say each rule that the plan breaks; nothing where it holds."""
    rows: Sequence[Mapping[str, Any]] = solution.body["meetings"]
    slot = {row["index"]: row["slot"] for row in rows}
    left = set(solution.body.get("left", ()))
    asked = sorted(one.index for one in problem.meetings)
    if sorted([*left, *(row["index"] for row in rows)]) != asked:
        return [Text("Not every meeting is held exactly once.")]
    if left & {one.index for one in problem.meetings if one.worth is None}:
        return [Text("A meeting that must be is not held.")]
    places = [m for m, one in enumerate(problem.meetings) if one.index not in left]
    problem = keep(problem, places)
    if any(number not in problem.numbers for number in slot.values()):
        return [Text("A meeting is in a slot that there is not.")]
    return [
        *_days(problem, slot),
        *_order(problem, slot),
        *_tables(problem, rows),
        *_gaps(problem, slot, solution.value["gaps"]),
    ]


def _days(problem: Problem, slot: Mapping[int, int]) -> list[Text]:
    wrong = []
    taken: set[tuple[int, int]] = set()
    for one in problem.meetings:
        number = slot[one.index]
        if problem.numbers.index(number) not in one.slots:
            row = {"row": one.index, "slot": number}
            wrong.append(Text("Meeting {row} cannot be in slot {slot}.", row))
        for who in (one.a, one.b):
            if (who, number) in taken:
                twice = {"who": problem.people[who].said, "slot": number}
                wrong.append(Text("{who} is twice in slot {slot}.", twice))
            taken.add((who, number))
    return wrong


def _order(problem: Problem, slot: Mapping[int, int]) -> list[Text]:
    pairs = ((problem.meetings[m].index, problem.meetings[n].index) for m, n in problem.before)
    return [
        Text("Meeting {one} is not before {other}.", {"one": one, "other": other})
        for one, other in pairs
        if slot[one] >= slot[other]
    ]


def _tables(problem: Problem, rows: Sequence[Mapping[str, Any]]) -> list[Text]:
    seats = Counter((row["slot"], row["table"]) for row in rows)
    wrong = [
        Text("Table {table} is taken twice in slot {slot}.", {"table": table, "slot": slot})
        for (slot, table), times in seats.items()
        if times > 1 or not 1 <= table <= problem.tables
    ]
    at = {row["index"]: row["table"] for row in rows}
    for one in problem.meetings:
        own = {problem.people[who].table for who in (one.a, one.b)} - {None}
        if own and at[one.index] not in own:
            wrong.append(Text("Meeting {row} is not at its host’s table.", {"row": one.index}))
    return wrong


def _gaps(problem: Problem, slot: Mapping[int, int], told: int) -> list[Text]:
    days: list[list[int]] = [[] for _ in problem.people]
    for one in problem.meetings:
        for who in (one.a, one.b):
            days[who].append(problem.numbers.index(slot[one.index]))
    gaps = []
    for day in days:
        day.sort()
        gaps.append(sum(later - sooner > 1 for sooner, later in pairwise(day)))
    wrong = []
    if sum(gaps) != told:
        wrong.append(
            Text("There are {found} gaps, not {told}.", {"found": sum(gaps), "told": told})
        )
    if max(gaps) - min(gaps) > MOST_GAPS_APART:
        wrong.append(Text("Two people’s numbers of gaps differ by more than two."))
    return wrong
