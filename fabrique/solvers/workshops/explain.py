"""In sentences: who has nothing and why, what is full, what a queue would have done."""

from __future__ import annotations

from fabrique.domain.text import Text
from fabrique.solvers.workshops.counted import Given, count_ranks, queued
from fabrique.solvers.workshops.problem import Problem

NAMED = 12


def explain(problem: Problem, given: Given) -> tuple[Text, ...]:
    """Give each wish that is not met, and the comparison."""
    said = (compared(problem, given), *_without(problem, given))
    return (*said, *_doubled(problem), *_free(problem, given))


def compared(problem: Problem, given: Given) -> Text:
    """Set a plan beside what a queue would have done."""
    ranks, line = count_ranks(problem, given), count_ranks(problem, queued(problem))
    figures = {
        "first": ranks[0],
        "none": ranks[-1],
        "line_first": line[0],
        "line_none": line[-1],
    }
    return Text(
        "First choices: {first}; places with none of the choices: {none}. First come, first "
        "served would have given {line_first} and {line_none}.",
        figures,
    )


def _without(problem: Problem, given: Given) -> list[Text]:
    chosen = {name: bool(problem.ranks_of(person)) for person, name in enumerate(problem.people)}
    empty = [name for name in problem.people if all(given[name, s] is None for s in problem.slots)]
    asked = [name for name in empty if chosen[name]]
    silent = [name for name in empty if not chosen[name]]
    said = []
    if asked:
        what = {"n": len(asked), "who": _names(asked)}
        said.append(
            Text(
                "{n} person has none of their choices: {who}.",
                what,
                "{n} people have none of their choices: {who}.",
            )
        )
    if silent:
        what = {"n": len(silent), "who": _names(silent)}
        said.append(
            Text("{n} person chose nothing: {who}.", what, "{n} people chose nothing: {who}.")
        )
    return said


def _doubled(problem: Problem) -> list[Text]:
    found = [
        name
        for name, choices in zip(problem.people, problem.choices, strict=True)
        if len(list(filter(None, choices))) != len(set(filter(None, choices)))
    ]
    said = Text(
        "A workshop is chosen twice by {who}: the better rank counts.", {"who": _names(found)}
    )
    return [said] if found else []


def _free(problem: Problem, given: Given) -> list[Text]:
    """Say where there is room, if somebody has nothing."""
    if not any(one is None for one in given.values()):
        return []
    left = {(one.workshop, one.slot): one.capacity for one in problem.offers}
    for (_, slot), workshop in given.items():
        if workshop is not None:
            left[workshop, slot] -= 1
    free = [
        f"{workshop} ({slot}, {room})" if slot else f"{workshop} ({room})"
        for (workshop, slot), room in left.items()
        if room
    ]
    return [Text("Places are left in {where}.", {"where": _names(free)})] if free else []


def _names(names: list[str]) -> str:
    more = "…" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
