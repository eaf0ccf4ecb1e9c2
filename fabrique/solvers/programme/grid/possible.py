"""What cannot be is named before anything is looked for."""

from __future__ import annotations

from collections.abc import Iterable

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Text
from fabrique.solvers.programme.grid.problem import Problem


def refuse_impossible(problem: Problem) -> None:
    """Raise `Impossible` for what a count shows."""
    cells = len(problem.slots) * len(problem.rooms)
    if len(problem.items) > cells:
        what = {"items": len(problem.items), "cells": cells}
        raise Impossible(Text("There are {items} items for {cells} places.", what))
    for item in problem.items:
        if not item.slots:
            raise Impossible(Text("“{id}” has no slot left that suits it.", {"id": item.id}))
        if item.rooms and not _seated(problem, item.rooms, item.seats):
            raise Impossible(Text("No room of “{id}” has its seats.", {"id": item.id}))
        if not item.rooms and not _seated(problem, range(len(problem.rooms)), item.seats):
            raise Impossible(Text("No room has the seats of “{id}”.", {"id": item.id}))
    for voice in problem.voices:
        mine = [one for one in problem.items if voice in one.voices]
        free = {slot for one in mine for slot in one.slots}
        if len(mine) > len(free):
            named: dict[str, object] = {"who": voice, "items": len(mine), "slots": len(free)}
            raise Impossible(Text("{who} speaks in {items} items and has {slots} slots.", named))
    for slot, name in enumerate(problem.slots):
        only = [one.id for one in problem.items if one.slots == (slot,)]
        if len(only) > len(problem.rooms):
            of_slot: dict[str, object] = {
                "slot": name,
                "items": ", ".join(only),
                "rooms": len(problem.rooms),
            }
            said = Text("Only “{slot}” suits {items}: it has {rooms} rooms.", of_slot)
            raise Impossible(said)


def _seated(problem: Problem, rooms: Iterable[int], seats: int | None) -> bool:
    """Say whether one of these rooms has the seats that are asked for."""
    return any(
        problem.rooms[n].seats is None or (problem.rooms[n].seats or 0) >= (seats or 0)
        for n in rooms
    )
