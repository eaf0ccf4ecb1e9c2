"""Points of a design no two of which ever share a table: for hosts, and for empty seats."""

from __future__ import annotations

from collections.abc import Sequence

from fabrique.solvers._chance import Ints

PATIENCE = 200_000


def strangers(design: Ints, wanted: int, points: Sequence[int]) -> list[int] | None:
    """Give the first `wanted` of `points` that never meet; None where patience ends before."""
    rounds, rows = design.shape[0], design.T.tolist()
    lines = [
        sum(1 << (turn * _width(design) + row[turn]) for turn in range(rounds)) for row in rows
    ]
    chosen: list[int] = []
    taken, at, spent = 0, 0, 0
    while len(chosen) < wanted:
        spent += 1
        if at == len(points):
            if not chosen or spent > PATIENCE:
                return None
            at = chosen.pop()
            taken ^= lines[points[at]]
        elif not taken & lines[points[at]]:
            taken |= lines[points[at]]
            chosen.append(at)
        at += 1
    return [points[one] for one in chosen]


def _width(design: Ints) -> int:
    return int(design.max()) + 1
