"""Whether a plan is one of these workshops, and worth what it says; however it was made."""

from __future__ import annotations

from collections import Counter

from fabrique.domain.solution import Solution
from fabrique.domain.text import Text
from fabrique.solvers.workshops.problem import Problem


def check(problem: Problem, solution: Solution) -> list[Text]:
    """Give what is wrong, nothing for a sound plan."""
    assigned = solution.body["assigned"]
    if list(assigned) != list(problem.people):
        return [Text("The plan is not of these people.")]
    wrong: list[Text] = []
    counts = [0] * (problem.ranks + 1)
    seats: Counter[tuple[str, str]] = Counter()
    for person, choices in zip(problem.people, problem.choices, strict=True):
        places = assigned[person]
        by_slot = {problem.slots[0]: places} if problem.single else places
        taken = [one for one in by_slot.values() if one is not None]
        if set(by_slot) != set(problem.slots) or len(taken) != len(set(taken)):
            wrong.append(Text("“{id}” has not one place a slot.", {"id": person}))
        for slot, workshop in by_slot.items():
            if workshop is None:
                counts[-1] += 1
            elif workshop in choices:
                counts[choices.index(workshop)] += 1
                seats[workshop, slot] += 1
            else:
                wrong.append(Text("“{id}” did not choose it.", {"id": person}))
    room = {(one.workshop, one.slot): one.capacity for one in problem.offers}
    for (workshop, slot), taken_seats in seats.items():
        if taken_seats > room.get((workshop, slot), 0):
            wrong.append(Text("“{id}” is too full.", {"id": workshop}))
    if counts != list(solution.value["ranks"]):
        wrong.append(Text("The figure is not that of the plan."))
    return wrong
