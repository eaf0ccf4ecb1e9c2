"""What a plan of workshops is worth, in which order people wait, what a queue would have done."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.solvers.workshops.problem import Problem

Given = Mapping[tuple[str, str], str | None]
"""The workshop by person and slot."""


def count_ranks(problem: Problem, given: Given) -> list[int]:
    """Count the places by rank, first choices first, "none" last."""
    counts = [0] * (problem.ranks + 1)
    for person, name in enumerate(problem.people):
        ranks = problem.ranks_of(person)
        for slot in problem.slots:
            workshop = given[name, slot]
            counts[problem.ranks if workshop is None else ranks[workshop]] += 1
    return counts


def queued(problem: Problem) -> dict[tuple[str, str], str | None]:
    """Serve people in the order of the file, each with the best that is left."""
    left = {(one.workshop, one.slot): one.capacity for one in problem.offers}
    given: dict[tuple[str, str], str | None] = {}
    for person, name in enumerate(problem.people):
        given |= {(name, slot): None for slot in problem.slots}
        for workshop in problem.ranks_of(person):
            for slot in problem.slots:
                if given[name, slot] is None and left.get((workshop, slot), 0) > 0:
                    left[workshop, slot] -= 1
                    given[name, slot] = workshop
                    break
    return given


def waiting(problem: Problem, given: Given) -> dict[str, list[str]]:
    """Give by workshop who would rather have it than what they have, in order.

    First those who have nothing, then those who have their worst rank; of equals, who ranked it
    higher, then who stands first in the file.
    """
    names = dict.fromkeys(one.workshop for one in problem.offers)
    lists: dict[str, list[tuple[int, int, int]]] = {name: [] for name in names}
    for person, name in enumerate(problem.people):
        ranks = problem.ranks_of(person)
        had = [given[name, slot] for slot in problem.slots]
        worst = max(problem.ranks if one is None else ranks[one] for one in had)
        for workshop, rank in ranks.items():
            if rank < worst and workshop not in had:
                lists[workshop].append((-worst, rank, person))
    return {
        workshop: [problem.people[person] for *_, person in sorted(line)]
        for workshop, line in lists.items()
        if line
    }
