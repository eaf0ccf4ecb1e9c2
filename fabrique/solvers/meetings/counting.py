"""What cannot be, by counting alone: said at once, with the names of those it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Text, Words
from fabrique.solvers.meetings.problem import Problem, keep, listed


def possible(problem: Problem) -> None:
    """Raise `Impossible` where what must be held cannot be."""
    musts = [m for m, one in enumerate(problem.meetings) if one.worth is None]
    if musts:
        narrowed(keep(problem, musts))


def narrowed(problem: Problem) -> Problem:
    """Leave to each meeting the slots its precedences allow; raise `Impossible` by counting."""
    _refuse(_alone(problem) or _crowded_people(problem))
    problem = _ordered(problem)
    _refuse(_crowded_people(problem) or _crowded_tables(problem))
    return problem


def _refuse(found: list[Words]) -> None:
    if found:
        said = {"who": listed(found), "n": len(found)}
        raise Impossible(Text("There is no such schedule: {who}.", said))


def _alone(problem: Problem) -> list[Words]:
    return [
        Text("{meeting} has no slot in which both are available", {"meeting": problem.call(m)})
        for m, meeting in enumerate(problem.meetings)
        if not meeting.slots
    ]


def _crowded_people(problem: Problem) -> list[Words]:
    return [
        said
        for who, some in enumerate(problem.theirs)
        if (short := shortage({m: problem.meetings[m].slots for m in some}, 1))
        for said in [_too_many(problem, who, some, *short)]
    ]


def _too_many(
    problem: Problem, who: int, some: Sequence[int], meetings: list[int], slots: list[int]
) -> Words:
    counts = {"who": problem.people[who].said, "n": len(meetings), "slots": len(slots)}
    if len(meetings) == len(some):
        return Text("{who}: {n} meetings, {slots} available slots", counts)
    rows = ", ".join(str(problem.meetings[m].index) for m in meetings)
    numbers = ", ".join(str(problem.numbers[t]) for t in slots)
    where = {**counts, "rows": rows, "numbers": numbers}
    morning, afternoon = slots[-1] < problem.morning, slots[0] >= problem.morning
    if morning != afternoon and problem.morning < len(problem.numbers):
        half = Text("the morning") if morning else Text("the afternoon")
        return Text(
            "{who}: {n} meetings ({rows}) for {slots} available slots ({numbers}) of {half}",
            {**where, "half": half},
        )
    return Text("{who}: {n} meetings ({rows}) for {slots} available slots ({numbers})", where)


def _crowded_tables(problem: Problem) -> list[Words]:
    short = shortage({m: one.slots for m, one in enumerate(problem.meetings)}, problem.tables)
    if not short:
        return []
    meetings, slots = short
    counts = {
        "n": len(meetings),
        "slots": len(slots),
        "tables": problem.tables,
        "places": len(slots) * problem.tables,
    }
    said = Text("{n} meetings for {places} places ({slots} slots of {tables} tables)", counts)
    return [said]


def shortage(
    domains: Mapping[int, Sequence[int]], places: int
) -> tuple[list[int], list[int]] | None:
    """Find meetings that have fewer places than they are, and all the slots they may have.

    Each slot has `places`. None where all can be placed (Hall, by augmenting paths).
    """
    held: dict[int, list[int]] = {}
    for meeting in domains:
        seen: set[int] = set()
        if not _augment(meeting, domains, places, held, seen):
            slots = sorted(seen)
            return sorted({meeting, *(m for t in slots for m in held[t])}), slots
    return None


def _augment(
    meeting: int,
    domains: Mapping[int, Sequence[int]],
    places: int,
    held: dict[int, list[int]],
    seen: set[int],
) -> bool:
    # The way to each slot, so that a long path needs no deep stack.
    came: dict[int, tuple[int, int | None]] = {}
    queue: list[tuple[int, int | None]] = [(meeting, None)]
    while queue:
        one, source = queue.pop(0)
        for t in domains[one]:
            if t in seen:
                continue
            seen.add(t)
            came[t] = (one, source)
            if len(held.setdefault(t, [])) < places:
                _shift(t, came, held)
                return True
            queue += [(m, t) for m in held[t]]
    return False


def _shift(t: int, came: Mapping[int, tuple[int, int | None]], held: dict[int, list[int]]) -> None:
    while True:
        one, source = came[t]
        held[t].append(one)
        if source is None:
            return
        held[source].remove(one)
        t = source


def _ordered(problem: Problem) -> Problem:
    """Take away the slots that are too early or too late for a meeting's precedences."""
    if not problem.before:
        return problem
    slots = [one.slots for one in problem.meetings]
    came: dict[int, int] = {}
    changed = True
    while changed:  # every pass takes a slot away, or is the last
        changed = False
        for m, n in problem.before:
            first = slots[m][0]
            last = slots[n][-1]
            later = tuple(t for t in slots[n] if t > first)
            sooner = tuple(t for t in slots[m] if t < last)
            if later != slots[n]:
                came[n] = m
            if not later or not sooner:
                _refuse([_chain(problem, m, n, came)])
            changed = changed or later != slots[n] or sooner != slots[m]
            slots[n], slots[m] = later, sooner
    meetings = tuple(
        msgspec.structs.replace(one, slots=some)
        for one, some in zip(problem.meetings, slots, strict=True)
    )
    return msgspec.structs.replace(problem, meetings=meetings)


def _chain(problem: Problem, m: int, n: int, came: Mapping[int, int]) -> Words:
    """Name the meetings that have to follow one another and cannot."""
    chain = [n, m]
    while chain[-1] in came and came[chain[-1]] not in chain:
        chain.append(came[chain[-1]])
    rows = ", ".join(str(problem.meetings[one].index) for one in reversed(chain))
    return Text(
        "meetings {rows} must follow one another, and their slots do not allow it", {"rows": rows}
    )
