"""In sentences: who is left, which pairs share nothing, which are of one structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fabrique.domain.text import Text
from fabrique.solvers.pairs.problem import Problem, same

NAMED = 12


def explain(problem: Problem, pairs: Sequence[tuple[str, str]]) -> tuple[Text, ...]:
    """Give each wish that is not met."""
    first, second = problem.find()
    met = [(first[one], second[other]) for one, other in pairs]
    close = [f"{one.id} – {other.id}" for one, other in met if same(one, other)]
    strange = [
        f"{one.id} – {other.id}" for one, other in met if not one.interests & other.interests
    ]
    said = []
    if close:
        said.append(
            Text(
                "{n} pair is of one structure, which cannot be avoided: {who}.",
                {"n": len(close), "who": _names(close)},
                "{n} pairs are of one structure, which cannot be avoided: {who}.",
            )
        )
    if strange:
        said.append(
            Text(
                "{n} pair has no common interest: {who}.",
                {"n": len(strange), "who": _names(strange)},
                "{n} pairs have no common interest: {who}.",
            )
        )
    return (*said, *_left(problem, pairs))


def _left(problem: Problem, pairs: Sequence[tuple[str, str]]) -> list[Text]:
    met = Counter(name for pair in pairs for name in pair)
    if problem.newcomers is None:
        alone = [one.id for one in problem.mentors if not met[one.id]]
        return [_alone(alone)] if alone else []
    reached = {other for _, other in pairs}
    alone = [one.id for one in problem.newcomers if one.id not in reached]
    busy = Counter(one for one, _ in pairs)
    free = [one.id for one in problem.mentors if busy[one.id] < one.capacity]
    said = [_alone(alone)] if alone else []
    if free:
        said.append(
            Text(
                "{n} mentor still has room: {who}.",
                {"n": len(free), "who": _names(free)},
                "{n} mentors still have room: {who}.",
            )
        )
    return said


def _alone(names: list[str]) -> Text:
    return Text(
        "{n} person is left without a pair: {who}.",
        {"n": len(names), "who": _names(names)},
        "{n} people are left without a pair: {who}.",
    )


def _names(names: list[str]) -> str:
    more = "…" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
