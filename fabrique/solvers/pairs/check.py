"""Whether pairs are allowed, as many as can be between two tables, and worth what is said."""

from __future__ import annotations

from collections import Counter

from fabrique.domain.solution import Solution
from fabrique.domain.text import Text
from fabrique.solvers.pairs.problem import Problem, score


def check(problem: Problem, solution: Solution) -> list[Text]:
    """Give what is wrong, nothing for a sound plan."""
    first, second = problem.find()
    pairs = [(one, other) for one, other in solution.body["pairs"]]
    strangers = [pair for pair in pairs if pair[0] not in first or pair[1] not in second]
    if strangers:
        return [Text("“{id}” is not in the tables.", {"id": " – ".join(strangers[0])})]
    inside = problem.newcomers is None
    wrong = _inside(problem, pairs) if inside else _between(problem, pairs)
    worth = sum(score(first[one], second[other], both_ways=inside) for one, other in pairs)
    if worth != solution.value["score"]:
        wrong.append(Text("The figure is not that of the plan."))
    return wrong


def _between(problem: Problem, pairs: list[tuple[str, str]]) -> list[Text]:
    newcomers = problem.newcomers or ()
    wrong = _overloaded(problem, Counter(one for one, _ in pairs))
    if len({other for _, other in pairs}) < len(pairs):
        wrong.append(Text("A newcomer has two mentors."))
    places = sum(min(one.capacity, len(newcomers)) for one in problem.mentors)
    if len(pairs) != min(places, len(newcomers)):
        wrong.append(Text("More pairs could be made."))
    return wrong


def _inside(problem: Problem, pairs: list[tuple[str, str]]) -> list[Text]:
    wrong = _overloaded(problem, Counter(name for pair in pairs for name in pair))
    if len({frozenset(pair) for pair in pairs}) < len(pairs):
        wrong.append(Text("Two people are brought together twice."))
    if any(one == other for one, other in pairs):
        wrong.append(Text("Somebody is alone in a pair."))
    return wrong


def _overloaded(problem: Problem, load: Counter[str]) -> list[Text]:
    return [
        Text("“{id}” has too many pairs.", {"id": one.id})
        for one in problem.mentors
        if load[one.id] > one.capacity
    ]
