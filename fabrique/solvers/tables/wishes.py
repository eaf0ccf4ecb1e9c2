"""Wishes against each other: who stays together, apart, at a table; contradictions are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Text
from fabrique.solvers.tables.packing import pack
from fabrique.solvers.tables.problem import Problem


def groups(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Join pairs that share somebody: whoever stays with one stays with all."""
    of: dict[int, set[int]] = {}
    for first, second in pairs:
        joined = of.get(first, {first}) | of.get(second, {second})
        of.update(dict.fromkeys(joined, joined))
    return tuple(sorted({tuple(sorted(group)) for group in of.values()}))


def check_wishes(problem: Problem) -> None:
    """Raise `Impossible` for what nobody could seat."""
    _check_groups(problem)
    _check_apart(problem)
    _check_hosts(problem)
    if problem.together or problem.hosts:
        pack(problem)


def names(problem: Problem, people: Iterable[int]) -> str:
    """Write ids in a row."""
    return ", ".join(problem.ids[one] for one in people)


def _check_groups(problem: Problem) -> None:
    for group in problem.together:
        if len(group) > problem.largest:
            what = {
                "names": names(problem, group),
                "n": len(group),
                "size": problem.largest,
            }
            said = Text(
                "{names} cannot stay together: they are {n}, and a table has {size} seats.", what
            )
            raise Impossible(said)


def _check_apart(problem: Problem) -> None:
    of = {one: group for group in problem.together for one in group}
    for first, second in problem.apart:
        if first in of and second in of[first]:
            what = {"first": problem.ids[first], "second": problem.ids[second]}
            if len(of[first]) > 2:  # noqa: PLR2004 - others join them
                what["names"] = names(problem, of[first])
                said = Text("{first} and {second} are to be apart, and together by {names}.", what)
                raise Impossible(said)
            raise Impossible(Text("{first} and {second} are to be apart and together.", what))


def _check_hosts(problem: Problem) -> None:
    at = dict(problem.hosts)
    for group in problem.together:
        fixed = {at[one]: one for one in group if one in at}
        if len(fixed) > 1:
            (first, one), (second, other), *_ = fixed.items()
            what = {
                "first": problem.ids[one],
                "second": problem.ids[other],
                "table": first + 1,
                "other": second + 1,
            }
            said = Text(
                "{first} and {second} stay together, and host tables {table}, {other}.", what
            )
            raise Impossible(said)
    for one, other in problem.apart:
        if one in at and at.get(other) == at[one]:
            what = {
                "first": problem.ids[one],
                "second": problem.ids[other],
                "table": at[one] + 1,
            }
            said = Text("{first} and {second} are to be apart, and both host table {table}.", what)
            raise Impossible(said)
    for table, many in Counter(at.values()).items():
        if many > problem.largest:
            what = {"n": many, "table": table + 1, "size": problem.largest}
            raise Impossible(Text("{n} hosts at table {table}, which has {size} seats.", what))
