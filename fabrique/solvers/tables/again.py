"""A plan in hand, who left, who comes late: what is asked on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Invalid, Text
from fabrique.solvers.tables.asked import Asked, check_seats, find, whole
from fabrique.solvers.tables.problem import Locked, Problem
from fabrique.solvers.tables.reading import (
    People,
    Source,
    read_late,
    read_list,
    read_people,
    read_plan,
)

Plan = Sequence[Sequence[Sequence[str]]]


def ask_again(asked: Asked, source: Source) -> Problem:
    """Give the problem of the rounds that are left; raise `Invalid` or `Impossible`."""
    plan = read_plan(source)
    played = _played(asked, plan, source)
    people = read_people(asked.people)
    late = read_late(asked.late, people) if asked.late else People((), (), people.names, ())
    absent = {row.cells[0]: row.line for row in read_list(asked.absent, 1)} if asked.absent else {}
    coming = {one for tables in plan[played:] for table in tables for one in table}
    _check_late(asked.late, late, coming, absent)
    _check_people(asked, people, plan, coming - absent.keys(), late)
    everybody = _everybody(people, late, plan)
    known = {one: n for n, one in enumerate(everybody.ids)}
    if asked.absent and played < len(plan):
        _check_absent(asked.absent, absent, known, coming)
    rounds = tuple(tuple(tuple(known[one] for one in table) for table in tables) for tables in plan)
    locked = Locked(
        rounds, played, tuple(known[one] for one in absent), tuple(known[one] for one in late.ids)
    )
    problem = Problem(everybody.ids, (), len(plan[0]), len(plan), locked=locked)
    check_seats(len(problem.present(problem.rounds - 1)), problem.tables, asked.size)
    return whole(asked, everybody, problem)


def _played(asked: Asked, plan: Plan, source: Source) -> int:
    if asked.played is None:
        raise Invalid(Text("How many rounds are over? --played says it."))
    if not 0 <= asked.played <= len(plan):
        what = {"played": asked.played, "rounds": len(plan)}
        raise Impossible(Text("{played} rounds cannot be over: the plan has {rounds}.", what))
    for given, found, name in (
        (asked.tables, len(plan[0]), "--tables"),
        (asked.rounds, len(plan), "--rounds"),
    ):
        if given is not None and given != found:
            said = Text("The plan in {file} has {n}.", {"file": source.name, "n": found})
            raise Invalid(said, name)
    return asked.played


def _check_absent(
    source: Source, absent: Mapping[str, int], known: Mapping[str, int], coming: set[str]
) -> None:
    for one, line in absent.items():
        find(source, line, one, known)
        if one not in coming:
            said = Text("{id} is expected in none of the rounds to come.", {"id": one})
            raise Invalid(said, source.at(line))


def _check_late(
    source: Source | None, late: People, coming: set[str], absent: Mapping[str, int]
) -> None:
    for one, line in zip(late.ids, late.lines, strict=True):
        if one in absent:
            raise Impossible(Text("{id} cannot be absent and come late at once.", {"id": one}))
        if one in coming:
            said = Text("{id} is in the plan already, and cannot come late.", {"id": one})
            raise Invalid(said, source.at(line) if source else "")


def _check_people(asked: Asked, people: People, plan: Plan, kept: set[str], late: People) -> None:
    """Raise where plan and people are not of the same day."""
    planned = {one for tables in plan for table in tables for one in table}
    strangers = sorted(kept - set(people.ids))
    if strangers:
        what = {"id": strangers[0], "n": len(strangers)}
        said = Text("{id} sits in the plan, and is not among the people.", what)
        raise Invalid(said, asked.people.name)
    for one, line in zip(people.ids, people.lines, strict=True):
        if one not in planned and one not in late.ids:
            said = Text("{id} is neither in the plan nor among those who come late.", {"id": one})
            raise Invalid(said, asked.people.at(line))


def _everybody(people: People, late: People, plan: Plan) -> People:
    """Give the people, then those who come late, then who sat in the plan and is not among them."""
    ids, cells = list(people.ids), list(people.cells)
    for one, row in zip(late.ids, late.cells, strict=True):
        if one not in people.ids:
            ids.append(one)
            cells.append(row)
    known = set(ids)
    for one in sorted({one for tables in plan for table in tables for one in table} - known):
        ids.append(one)
        cells.append(("",) * len(people.names))
    return People(tuple(ids), (), people.names, tuple(cells))
