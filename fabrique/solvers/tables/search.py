"""From a problem to seats: a design, then who sits on its points, then seats by rounds."""

from __future__ import annotations

import numpy as np

from fabrique.domain.solution import Watch
from fabrique.solvers._chance import LUCK, Ints, fresh
from fabrique.solvers.tables.designs import design
from fabrique.solvers.tables.kernels import Chance, anneal_labels
from fabrique.solvers.tables.likeness import likeness
from fabrique.solvers.tables.measure import repeats
from fabrique.solvers.tables.points import strangers
from fabrique.solvers.tables.problem import Problem
from fabrique.solvers.tables.seats import Dial, settle
from fabrique.solvers.tables.start import named, random_rounds
from fabrique.solvers.tables.steps import LABELS, chunks, mixes

CHANCE_OF_A_MOVE = 0.02
"""Below it, hardly any exchange within a round keeps "nobody meets twice", and none is tried."""


def search(problem: Problem, seed: int, watch: Watch) -> Ints:
    """Give the table of each person and empty seat in each round, shape (rounds, seats)."""
    state = fresh(seed)
    place = designed(problem, state, watch)
    if place is None:
        return _seated(problem, None, state, watch)
    if place.shape[0] < problem.rounds:
        place = _seated(problem, place, state, watch)
    if _may_move(problem, place):
        place = settle(problem, place, range(problem.rounds), state, watch, Dial(gentle=True))
    return place


def _seated(problem: Problem, known: Ints | None, state: Ints, watch: Watch) -> Ints:
    """Add the rounds that `known` lacks, by exchanges from a start by chance."""
    done = 0 if known is None else known.shape[0]
    place = random_rounds(problem, problem.rounds - done, state)
    if known is not None:
        place = np.vstack([known, place])
    return settle(problem, place, range(done, problem.rounds), state, watch, Dial())


def _may_move(problem: Problem, place: Ints) -> bool:
    """Say whether likeness is still worth exchanges that keep strangers strangers."""
    return mixes(problem) and _roomy(problem) and not repeats(problem, place)


def _roomy(problem: Problem) -> bool:
    """Say whether an exchange within a round often keeps strangers strangers."""
    people, mates = len(problem.ids), problem.largest - 1
    strange = max(0.0, 1 - problem.rounds * mates / max(people - 1, 1))
    return strange ** (2 * mates) > CHANCE_OF_A_MOVE


def designed(problem: Problem, state: Ints, watch: Watch) -> Ints | None:
    """Give rounds in which nobody meets twice, as many as are known; None where there are none."""
    hosts = dict(problem.hosts)
    if problem.together or len(set(hosts.values())) < len(hosts):
        return None  # some meet in every round: no design has such pairs
    made = design(problem.tables, problem.largest, problem.rounds)
    if made is None or 2 * made.shape[0] <= problem.rounds:
        return None  # a few rounds given away bind the others more than they help
    points = made.shape[1]
    empty = strangers(made, points - len(problem.ids), range(points - 1, -1, -1))
    if empty is None:
        return None
    left = [one for one in range(points) if one not in set(empty)]
    fixed = strangers(made, len(hosts), left)
    if fixed is None:
        return None
    who = _first_labels(problem, made, empty, fixed)
    _label(problem, made, who, [one for one in left if one not in set(fixed)], state, watch)
    place = np.empty_like(made)
    place[:, who] = made
    return named(place, hosts)


def _first_labels(problem: Problem, made: Ints, empty: list[int], fixed: list[int]) -> Ints:
    """Put empty seats and hosts on their points, everybody else in order on the others."""
    who = np.full(made.shape[1], -1, np.int64)
    who[empty] = range(len(problem.ids), made.shape[1])
    who[fixed] = [person for person, _ in problem.hosts]
    others = sorted(set(range(len(problem.ids))) - {person for person, _ in problem.hosts})
    who[who < 0] = others
    return who


def _label(
    problem: Problem, made: Ints, who: Ints, free: list[int], state: Ints, watch: Watch
) -> None:
    """Anneal who sits on which point, where there is anything to gain."""
    if len(free) < 2 or not (mixes(problem) or problem.apart):  # noqa: PLR2004 - a pair
        return
    place = np.empty_like(made)
    place[:, who] = made
    alike = likeness(problem, place)
    gained, best, kept = 0, 0, (who.copy(), alike.counts.copy())
    for temperatures in LABELS.waves(problem, gentle=_roomy(problem)):
        for part in chunks(temperatures, watch):
            gained += anneal_labels(made, who, np.array(free), alike, Chance(part, LUCK, state))
        if gained >= best:
            best, kept = gained, (who.copy(), alike.counts.copy())
        else:
            gained, who[:], alike.counts[:] = best, *kept
