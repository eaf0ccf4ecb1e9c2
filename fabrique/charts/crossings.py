"""Who meets whom, as a square: a row and a column a person, each cell a pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

MOST = 150  # people: beyond, cells are smaller than what an eye can part


def crossings(order: Sequence[str], times: Mapping[frozenset[str], int]) -> str:
    """Draw the square as SVG text, a unit a cell; empty above `MOST` people.

    Three shapes in all, however many cells there are: pairs that meet once, those that meet more
    often, the diagonal. It is decoration beside figures that say the same, and has no words.
    """
    side = len(order)
    if not 1 < side <= MOST:
        return ""
    shapes = {"self": [_cell(at, at) for at in range(side)], "once": [], "twice": []}
    for (row, one), (column, other) in combinations(enumerate(order), 2):
        met = times.get(frozenset((one, other)), 0)
        if met:
            shapes["twice" if met > 1 else "once"] += [_cell(row, column), _cell(column, row)]
    drawn = "".join(
        f'<path class="{kind}" d="{"".join(cells)}"/>' for kind, cells in shapes.items() if cells
    )
    box = f"0 0 {side} {side}"
    return f'<svg class="crossings" viewBox="{box}" aria-hidden="true">{drawn}</svg>'


def _cell(x: int, y: int) -> str:
    return f"M{x} {y}h1v1h-1z"
