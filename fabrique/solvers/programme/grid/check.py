"""Whether a programme keeps its rules, and loses what it says; however it was made."""

from __future__ import annotations

from collections.abc import Sequence

from fabrique.domain.text import Text
from fabrique.solvers.programme.grid.problem import Problem

Placed = Sequence[tuple[int, int]]
"""Slot and room of each item."""


def lost(problem: Problem, placed: Placed) -> int:
    """Count the wishes that somebody cannot follow, being elsewhere in that slot."""
    return sum(len(mine) - len({placed[n][0] for n in mine}) for mine in problem.wishes)


def moved(problem: Problem, placed: Placed) -> int:
    """Count the items that are no longer in the slot that was published."""
    return sum(
        item.slot is not None and item.slot != slot
        for item, (slot, _) in zip(problem.items, placed, strict=True)
    )


def check(problem: Problem, placed: Placed, cost: int) -> list[Text]:
    """Give what is wrong, nothing for a sound programme."""
    wrong = []
    if len(set(placed)) < len(placed):
        wrong.append(Text("Two items are in one place."))
    for n, (item, (slot, room)) in enumerate(zip(problem.items, placed, strict=True)):
        seats = problem.rooms[room].seats
        if slot not in item.slots or (item.rooms and room not in item.rooms):
            wrong.append(Text("“{id}” may not be there.", {"id": item.id}))
        if seats is not None and seats < (item.seats or 0):
            wrong.append(Text("The room of “{id}” is too small.", {"id": item.id}))
        for other, (when, _) in zip(problem.items[:n], placed, strict=False):
            if slot == when and item.voices & other.voices:
                wrong.append(Text("Somebody speaks in “{id}” and elsewhere.", {"id": item.id}))
    if lost(problem, placed) + problem.change * moved(problem, placed) != cost:
        wrong.append(Text("The figure is not that of the plan."))
    return wrong
