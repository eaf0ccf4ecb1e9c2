"""Give each meeting a table: hosts keep theirs, the others change as little as possible."""

from __future__ import annotations

from collections.abc import Sequence

from fabrique.solvers.meetings.problem import Problem


def seat(problem: Problem, slots: Sequence[int]) -> tuple[int, ...]:
    """Give the table of each meeting, from 1; at most `tables` meetings are in a slot."""
    tables = [0] * len(slots)
    last: dict[int, int] = {}
    for t in range(len(problem.numbers)):
        here = [m for m, slot in enumerate(slots) if slot == t]
        for m, table in _placed(problem, here, last).items():
            tables[m] = table
            last.update(dict.fromkeys(problem.meetings[m].ends, table))
    return tuple(tables)


def _placed(problem: Problem, here: list[int], last: dict[int, int]) -> dict[int, int]:
    """Seat the meetings of one slot: as many people as possible where they sat before."""
    holder: dict[int, int] = {}
    wishes: dict[int, list[int]] = {}
    for m in here:
        ends = problem.meetings[m].ends
        own = next((table for who in ends if (table := problem.people[who].table)), None)
        before = [last[who] for who in ends if who in last]
        if own:
            holder[own] = m
        elif len(before) == 2 and before[0] == before[1] and before[0] not in holder:  # noqa: PLR2004 - both
            holder[before[0]] = m
        else:
            wishes[m] = before
    firm = set(holder)  # hosts and pairs who stay: nobody moves them
    for m in wishes:
        _claim(m, wishes, holder, firm, set())
    free = (table for table in range(1, problem.tables + 1) if table not in holder)
    seated = {m: table for table, m in holder.items()}
    for m in here:
        if m not in seated:
            seated[m] = next(free)
    return seated


def _claim(
    m: int, wishes: dict[int, list[int]], holder: dict[int, int], firm: set[int], seen: set[int]
) -> bool:
    """Find a table for `m` among those it wishes, moving others to another of theirs."""
    for table in wishes[m]:
        if table in firm or table in seen:
            continue
        seen.add(table)
        if table not in holder or _claim(holder[table], wishes, holder, firm, seen):
            holder[table] = m
            return True
    return False
