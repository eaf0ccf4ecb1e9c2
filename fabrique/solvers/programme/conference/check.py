"""Whether entries of a plan are a programme of a conference: feasible, valid, its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fabrique.domain.text import Text
from fabrique.solvers.programme.conference.instance import Instance, Place
from fabrique.solvers.programme.conference.judge import judge


def check(instance: Instance, placed: Sequence[Mapping[str, Any]], value: float) -> list[Text]:
    """Give what is wrong, nothing for a sound plan."""
    sessions = {one.name: n for n, one in enumerate(instance.sessions)}
    taken: dict[tuple[int, int, int], str] = {}
    slots: dict[str, list[tuple[int, int, int]]] = {}
    for entry in placed:
        session = sessions[entry["session"]]
        cell = session, instance.rooms.index(entry["room"]), entry["index"] - 1
        if cell in taken or not 0 <= cell[2] < instance.sessions[session].slots:
            return [Text("“{id}” is where another is, or nowhere.", {"id": entry["item"]})]
        taken[cell] = entry["item"]
        slots.setdefault(entry["item"], []).append(cell)
    owner: dict[tuple[int, int], int] = {}
    places: dict[int, Place] = {}
    for n, one in enumerate(instance.submissions):
        mine = sorted(slots.pop(one.reference, []))
        row = [(*mine[0][:2], mine[0][2] + k) for k in range(one.slots)] if mine else None
        if mine != row:
            return [Text("“{id}” has not its slots in a row.", {"id": one.reference})]
        places[n] = mine[0]
        if owner.setdefault(mine[0][:2], one.track) != one.track:
            return [Text("“{id}” lies beside another track.", {"id": one.reference})]
    if slots or abs(sum(judge(instance, places).values()) - value) > 1e-6:  # noqa: PLR2004 - floats
        return [Text("The figure is not that of the plan.")]
    return []
