"""From an instance to a programme: several annealings, each from an empty one."""

from __future__ import annotations

import numpy as np

from fabrique.domain.solution import Watch
from fabrique.solvers._chance import LUCK, cooling, fresh
from fabrique.solvers.programme.conference.instance import Place
from fabrique.solvers.programme.conference.kernel import State, empty_state
from fabrique.solvers.programme.conference.kernel_moves import anneal
from fabrique.solvers.programme.conference.tables import Tables

STEPS = 600
CHUNK = 6
STARTS = 4
MOVES = 4
"""Moves at each temperature, for each submission."""


def search(tables: Tables, scale: int, seed: int, watch: Watch) -> dict[int, Place] | None:
    """Give the best programme found, None where none holds everything."""
    missing = _missing(tables)
    size = len(tables.track)
    warmths = cooling(missing / 4, 0.2 * scale, STEPS)
    found: tuple[int, dict[int, Place]] | None = None
    for start in range(STARTS):
        chance = fresh(seed * 1_000 + start)
        state, best = empty_state(tables), empty_state(tables)
        worst = missing * int(tables.need.sum())
        figures = np.array([worst, worst, missing], np.int64)
        for k in range(0, STEPS, CHUNK):
            if found and watch.left() < 0.5:  # noqa: PLR2004 - seconds to write it
                break
            watch.tell((start * STEPS + k) / (STARTS * STEPS))
            part = warmths[k : k + CHUNK]
            anneal(tables, state, best, chance, LUCK, part, figures, MOVES * size)
        places = _places(tables, best)
        if len(places) == size and (found is None or figures[1] < found[0]):
            found = int(figures[1]), places
        if watch.left() < 0.5 or (found and found[0] == 0):  # noqa: PLR2004 - the same
            break
    return found[1] if found else None


def _missing(tables: Tables) -> int:
    """Give a cost of a slot without a place that outweighs any single penalty."""
    most = [int(part.max(initial=0)) for part in (tables.own, tables.cell, tables.likeness)]
    return 4 * max(1, *most, int(tables.apart.max(initial=0)), int(tables.flat[2:].max()))


def _places(tables: Tables, best: State) -> dict[int, Place]:
    rooms = int(tables.flat[1])
    found = {}
    for cell, many in enumerate(best.many.tolist()):
        start = 0
        for n in best.row[cell, :many].tolist():
            found[n] = (cell // rooms, cell % rooms, start)
            start += int(tables.need[n])
    return dict(sorted(found.items()))
