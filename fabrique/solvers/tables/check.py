"""Is this a plan of what was asked? Counted by hand, apart from everything that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from fabrique.domain.solution import Solution
from fabrique.domain.text import Text
from fabrique.solvers.tables.problem import UNKNOWN, Problem

Rounds = Sequence[Sequence[Sequence[str]]]


def check(problem: Problem, solution: Solution) -> list[Text]:
    """Give a sentence for each thing that is not as it must be."""
    rounds: Rounds = solution.body["rounds"]
    if len(rounds) != problem.rounds:
        return [Text("The plan has {n} rounds.", {"n": len(rounds)})]
    found = [said for turn in range(problem.rounds) for said in _of_round(problem, rounds, turn)]
    if found:
        return found
    value = {"repeats": count_repeats(rounds), "mix": count_mix(problem, rounds)}
    if dict(solution.value) != value:
        found.append(Text("The value is {value}, counted anew.", {"value": str(value)}))
    if solution.bound and any(solution.bound[key] > value[key] for key in value):
        found.append(Text("The plan is better than its bound."))
    return found


def _of_round(problem: Problem, rounds: Rounds, turn: int) -> Iterator[Text]:
    tables = rounds[turn]
    round_ = {"round": turn + 1}
    wanted = sorted(problem.ids[one] for one in problem.present(turn))
    if sorted(one for table in tables for one in table) != wanted:
        yield Text("Not everybody sits once in round {round}.", round_)
    if len(tables) != problem.tables:
        yield Text("Round {round} has other tables.", round_)
    locked = problem.locked
    if locked and turn < locked.played:
        before = [[problem.ids[one] for one in table] for table in locked.rounds[turn]]
        if [sorted(table) for table in tables] != [sorted(table) for table in before]:
            yield Text("Round {round}, already played, is changed.", round_)
        return
    if max(map(len, tables)) > _seats(problem):
        yield Text("A table of round {round} has more people than seats.", round_)
    where = {one: table for table, people in enumerate(tables) for one in people}
    for group in problem.together:
        at = {where[problem.ids[one]] for one in group if problem.ids[one] in where}
        if len(at) > 1:
            yield Text("People who stay together are parted in round {round}.", round_)
    for one, table in problem.hosts:
        if where.get(problem.ids[one], table) != table:
            who = {"id": problem.ids[one], **round_}
            yield Text("{id} does not host their table in round {round}.", who)


def _seats(problem: Problem) -> int:
    """Give the most that a table may hold: of a plan in hand, what it held already."""
    if not problem.locked:
        return problem.largest
    held = max(len(table) for tables in problem.locked.rounds for table in tables)
    return max(held, problem.largest)


def count_repeats(rounds: Rounds) -> int:
    """Count, over pairs, the times they meet beyond the first."""
    met: dict[tuple[str, str], int] = {}
    for tables in rounds:
        for table in tables:
            for pair in combinations(sorted(table), 2):
                met[pair] = met.get(pair, 0) + 1
    return sum(times - 1 for times in met.values())


def count_mix(problem: Problem, rounds: Rounds) -> int:
    """Count weighted pairs of one value at one table, over all rounds."""
    index = {one: n for n, one in enumerate(problem.ids)}
    total = 0
    for attribute in problem.attributes:
        for tables in rounds:
            for table in tables:
                values = [attribute.values[index[one]] for one in table]
                known = [value for value in values if value != UNKNOWN]
                alike = sum(first == second for first, second in combinations(known, 2))
                total += attribute.weight * alike
    return total
