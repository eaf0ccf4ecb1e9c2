"""Groups and hosts put at tables first; where they do not fit, that is said at once."""

from __future__ import annotations

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Text
from fabrique.solvers.tables.problem import Problem

PATIENCE = 200_000


def pack(problem: Problem) -> dict[int, int]:
    """Give a table to each host and to each of a group; raise `Impossible` where they do not fit.

    Who is to stay apart from somebody placed already goes elsewhere. Groups are placed the largest
    first; a table that holds nobody yet is tried once.
    """
    fixed = dict(problem.hosts)
    groups = _groups(problem)
    room = _room(problem, fixed, groups)
    foes: dict[int, set[int]] = {}
    for one, other in problem.apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    placed = dict(fixed)
    for group in groups:
        placed |= {one: fixed[at] for at in group if at in fixed for one in group}
    loose = [group for group in groups if not set(group) & fixed.keys()]
    if not _place(sorted(loose, key=len, reverse=True), room, placed, foes, [PATIENCE]):
        what = {"groups": len(groups), "tables": problem.tables, "size": problem.largest}
        said = Text(
            "The {groups} groups that stay together do not fit at {tables} tables of {size}.", what
        )
        raise Impossible(said)
    return placed


def _groups(problem: Problem) -> list[tuple[int, ...]]:
    """Give the groups of those who are there to the end."""
    here = set(problem.present(problem.rounds - 1))
    kept = (tuple(one for one in group if one in here) for group in problem.together)
    return [group for group in kept if len(group) > 1]


def _room(problem: Problem, fixed: dict[int, int], groups: list[tuple[int, ...]]) -> list[int]:
    """Give the seats left at each table by hosts, and by groups that hold one."""
    people = len(problem.present(problem.rounds - 1))
    full = people % problem.tables or problem.tables
    room = [problem.largest] * problem.tables
    seated = set(fixed)
    for table in fixed.values():
        room[table] -= 1
    for group in groups:
        at = next((fixed[one] for one in group if one in fixed), None)
        if at is not None:
            room[at] -= len(set(group) - seated)
            seated |= set(group)
    if min(room) < 0:
        table = room.index(min(room))
        what = {"table": table + 1, "size": problem.largest}
        said = Text(
            "Who hosts table {table} and who stays with them are more than its {size} seats.", what
        )
        raise Impossible(said)
    if sum(one == 0 for one in room) > full:
        raise Impossible(Text("Hosts and groups fill more tables than there are people for."))
    return room


def _place(
    groups: list[tuple[int, ...]],
    room: list[int],
    placed: dict[int, int],
    foes: dict[int, set[int]],
    patience: list[int],
) -> bool:
    if not groups:
        return True
    patience[0] -= 1
    group, tried = groups[0], set()
    shunned = {placed[foe] for one in group for foe in foes.get(one, ()) if foe in placed}
    held = set(placed.values())
    for table, seats in sorted(enumerate(room), key=lambda one: -one[1]):
        alike = (seats, table in held and table)
        if seats < len(group) or table in shunned or alike in tried or patience[0] < 0:
            continue
        tried.add(alike)
        room[table] -= len(group)
        placed.update(dict.fromkeys(group, table))
        if _place(groups[1:], room, placed, foes, patience):
            return True
        room[table] += len(group)
        for one in group:
            del placed[one]
    return False
