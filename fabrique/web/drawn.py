"""The gauge over time as a drawing: a bar a day, against the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

WIDE, TALL = 600, 120


class Step(Struct, frozen=True):
    """A day: where its bar stands, how tall it is, how many were in."""

    x: float
    y: float
    width: float
    height: float
    day: date
    people: int


class Trend(Struct, frozen=True):
    """The whole drawing; `line` is where the target stands, above the ground."""

    steps: tuple[Step, ...]
    line: float | None
    target: int | None


def trend(days: Sequence[tuple[date, int]], target: int | None) -> Trend | None:
    """Draw how many people were in, day by day; nothing where nobody ever was."""
    if not days:
        return None
    most = max(1, target or 0, *(n for _, n in days))
    width = WIDE / len(days)
    steps = tuple(
        Step(
            x=round(place * width, 2),
            y=round(TALL * (1 - n / most), 2),
            width=round(max(1.0, width * 0.8), 2),
            height=round(TALL * n / most, 2),
            day=day,
            people=n,
        )
        for place, (day, n) in enumerate(days)
    )
    return Trend(steps, round(TALL * (1 - target / most), 2) if target else None, target)
