"""On the day: who left, who comes late; rounds that were played stay, seats change little."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from fabrique.domain.solution import Watch
from fabrique.solvers._chance import LUCK, Ints, cooling, fresh
from fabrique.solvers.tables.kernels import Chance, anneal_labels
from fabrique.solvers.tables.likeness import likeness
from fabrique.solvers.tables.measure import meetings
from fabrique.solvers.tables.mend import mended
from fabrique.solvers.tables.problem import Attribute, Problem
from fabrique.solvers.tables.seats import Dial, settle
from fabrique.solvers.tables.steps import chunks, unit

CHANGE = 5  # mean weights: what it costs that somebody sits elsewhere than announced
GAP = 8  # the same, for two empty seats at one table
STEPS = 200


def repaired(problem: Problem, seed: int, watch: Watch) -> Ints:
    """Give the table of each in each round, shape (rounds, people), −1 for who is not there.

    Whoever comes late takes the whole way of somebody who left, who met nobody twice on it; then a
    few people move where that spares a repeat or an empty table.
    """
    state, over = fresh(seed), problem.played
    planned = _planned(problem)
    result = planned.copy()
    result[over:] = -1
    if over == problem.rounds:
        return result
    here = problem.present(problem.rounds - 1)
    rest = _rest(problem, here)
    place, late, before = _ways(problem, planned[over:], here)
    _relabel(rest, place, late, state, watch)
    place = mended(rest, place)
    met = meetings(problem, planned[:over])[np.ix_(here, here)]
    dial = Dial(
        change=round(CHANGE * unit(rest)), before=before, empty=round(GAP * unit(rest)), met=met
    )
    place = settle(rest, place, range(rest.rounds), state, watch, dial)
    result[over:, here] = place[:, : len(here)]
    return result


def _planned(problem: Problem) -> Ints:
    """Give the table of each in the plan in hand, −1 for who is not in a round of it."""
    planned = np.full((problem.rounds, len(problem.ids)), -1, np.int64)
    for turn, tables in enumerate(problem.locked.rounds if problem.locked else ()):
        for table, people in enumerate(tables):
            planned[turn, list(people)] = table
    return planned


def _rest(problem: Problem, here: Sequence[int]) -> Problem:
    """Give the problem of those who are there, for the rounds that are left."""
    index = {one: n for n, one in enumerate(here)}
    groups = (tuple(index[one] for one in group if one in index) for group in problem.together)
    return Problem(
        ids=tuple(problem.ids[one] for one in here),
        attributes=tuple(
            Attribute(one.name, one.weight, tuple(one.values[person] for person in here))
            for one in problem.attributes
        ),
        tables=problem.tables,
        rounds=problem.rounds - problem.played,
        apart=tuple(
            (index[one], index[other])
            for one, other in problem.apart
            if one in index and other in index
        ),
        together=tuple(group for group in groups if len(group) > 1),
        hosts=tuple((index[one], table) for one, table in problem.hosts if one in index),
    )


def _ways(problem: Problem, planned: Ints, here: Sequence[int]) -> tuple[Ints, Ints, Ints]:
    """Give the table of who is there, the columns to choose among, the tables announced.

    The first and the last have shape (rounds, people and empty seats); −1: none was announced.
    """
    held = np.stack([np.bincount(row[row >= 0], minlength=problem.tables) for row in planned])
    size = max(int(held.max()), -(-len(here) // problem.tables))
    place = np.full((len(planned), problem.tables * size), -1, np.int64)
    place[:, : len(here)] = planned[:, here]
    before = place.copy()
    open_ = np.flatnonzero((place < 0).any(axis=0))
    left = [one for one in range(planned.shape[1]) if one not in set(here)]
    vacated = [one for one in left if (planned[:, one] >= 0).all()][: len(open_)]
    place[:, open_[: len(vacated)]] = planned[:, vacated]
    for row in place:
        room = size - np.bincount(row[row >= 0], minlength=problem.tables)
        row[row < 0] = np.repeat(np.arange(problem.tables), room)
    return place, open_, before


def _relabel(rest: Problem, place: Ints, choices: Ints, state: Ints, watch: Watch) -> None:
    """Choose who among those who come late, and which empty seat, takes which way."""
    if len(choices) < 2:  # noqa: PLR2004 - a pair
        return
    who = np.arange(place.shape[1])
    alike = likeness(rest, place, round(GAP * unit(rest)))
    design = place.copy()
    for part in chunks(cooling(2 * unit(rest), 0.3 * unit(rest), STEPS), watch):
        anneal_labels(design, who, choices, alike, Chance(part, LUCK, state))
    place[:, who] = design


def moved(problem: Problem, place: Ints) -> dict[str, Any]:
    """Give who sits elsewhere than announced: id, round and both tables, from 1."""
    planned = _planned(problem)
    found = [
        {
            "id": problem.ids[one],
            "round": turn + 1,
            "from": int(planned[turn, one]) + 1,
            "to": int(place[turn, one]) + 1,
        }
        for turn in range(problem.played, problem.rounds)
        for one in np.flatnonzero(
            (planned[turn] >= 0) & (place[turn] >= 0) & (planned[turn] != place[turn])
        ).tolist()
    ]
    return {"played": problem.played, "moved": found}
