"""What no plan can be below: repeats and likeness, each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from fabrique.solvers.tables.problem import UNKNOWN, Problem

IMPOSSIBLE = {(6, 6): 3}
"""Tables and size of full rooms to the most rounds in which nobody meets twice, where it is known
to be less than counting allows: two orthogonal squares of order 6 do not exist (Tarry, 1900)."""


def forced(people: int, tables: int) -> int:
    """Give the fewest pairs that share a table when `people` are spread over `tables`."""
    each, more = divmod(people, tables)
    return more * each * (each + 1) // 2 + (tables - more) * each * (each - 1) // 2


def least_mix(problem: Problem) -> int:
    """Give the fewest weighted pairs of one value, over all rounds; exact for those played."""
    return sum(_least_in(problem, turn) for turn in range(problem.rounds))


def _least_in(problem: Problem, turn: int) -> int:
    locked, total = problem.locked, 0
    played = locked is not None and turn < locked.played
    for attribute in problem.attributes:
        if not attribute.weight:
            continue
        values = attribute.values
        if locked and played:
            alike = sum(_alike(values[one] for one in table) for table in locked.rounds[turn])
        else:
            often = Counter(values[one] for one in problem.present(turn))
            del often[UNKNOWN]
            alike = sum(forced(times, problem.tables) for times in often.values())
        total += attribute.weight * alike
    return total


def _alike(values: Iterable[int]) -> int:
    often = Counter(one for one in values if one != UNKNOWN)
    return sum(times * (times - 1) // 2 for times in often.values())


def least_repeats(problem: Problem) -> int:
    """Give the largest of the lower bounds that are known."""
    rounds = problem.rounds
    bounds = [_by_pairs(problem), _by_contacts(problem), _by_two_rounds(problem)]
    bounds += [_by_wishes(problem), _already(problem)]
    known = IMPOSSIBLE.get((problem.tables, problem.largest))
    if known and not problem.locked and len(problem.ids) == problem.tables * problem.largest:
        bounds.append(rounds - known)  # one round less for each repeat, and none would be left
    return max(0, *bounds)


def _by_pairs(problem: Problem) -> int:
    """More pairs at tables than there are among those who are there in one round at least."""
    here = [problem.present(turn) for turn in range(problem.rounds)]
    seated = sum(forced(len(present), problem.tables) for present in here)
    days: dict[int, int] = {}
    for turn, present in enumerate(here):
        days.update({one: days.get(one, 0) | 1 << turn for one in present})
    kinds = Counter(days.values())
    apart = sum(
        kinds[one] * kinds[other] for one, other in combinations(kinds, 2) if not one & other
    )
    people = len(days)
    return seated - people * (people - 1) // 2 + apart


def _by_contacts(problem: Problem) -> int:
    """Half of what each meets beyond everybody else, where no table is short of people."""
    people = len(problem.ids)
    if problem.locked:
        return 0
    contacts = problem.rounds * (people // problem.tables - 1)
    return -(-people * max(0, contacts - (people - 1)) // 2)


def _by_two_rounds(problem: Problem) -> int:
    """Two rounds share pairs: who sits together in one fills fewer tables than there are.

    A pair that meets c times is shared by c·(c − 1)/2 couples of rounds, at most c − 1 times half
    the rounds.
    """
    shared = sum(_shared(problem, a, b) for a, b in combinations(range(problem.rounds), 2))
    return -(-2 * shared // problem.rounds)


def _shared(problem: Problem, first: int, second: int) -> int:
    both = set(problem.present(first)) & set(problem.present(second))
    locked = problem.locked
    over = [turn for turn in (first, second) if locked and turn < locked.played]
    if locked and len(over) == 2:  # noqa: PLR2004 - both rounds
        return len(_pairs(locked.rounds[first]) & _pairs(locked.rounds[second]))
    if locked and over:
        together = [len(both & set(table)) for table in locked.rounds[over[0]]]
        return sum(forced(people, problem.tables) for people in together)
    each, more = divmod(len(both), problem.tables)
    fewest = forced(each, problem.tables)
    return more * forced(each + 1, problem.tables) + (problem.tables - more) * fewest


def _pairs(tables: Iterable[Iterable[int]]) -> set[tuple[int, int]]:
    return {pair for table in tables for pair in combinations(sorted(table), 2)}


def _by_wishes(problem: Problem) -> int:
    """Those who stay together meet in every round they are to come."""
    groups = {pair for group in problem.together for pair in combinations(sorted(group), 2)}
    at: dict[int, list[int]] = {}
    for person, table in problem.hosts:
        at.setdefault(table, []).append(person)
    pairs = groups | {pair for table in at.values() for pair in combinations(sorted(table), 2)}
    left = problem.rounds - problem.played
    here = set(problem.present(problem.rounds - 1))
    return max(left - 1, 0) * sum(here >= set(pair) for pair in pairs)


def _already(problem: Problem) -> int:
    if not problem.locked:
        return 0
    met = Counter(
        pair for tables in problem.locked.rounds[: problem.locked.played] for pair in _pairs(tables)
    )
    return sum(times - 1 for times in met.values())
