"""Before and after: a question that was asked again, its two results side by side."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from fabrique.domain.blocks import Bar, Bars, Columns, Drawing, Table
from fabrique.domain.run import Run
from fabrique.domain.text import Text, Words


def earlier(run: Run) -> Run | None:
    """Give the opening to compare with: the last one of the same people that was shown."""
    before = run.before
    return None if before is None or run.gathered or before.gathered else before


def alike(one: Struct, other: Any) -> bool:
    """Whether two questions ask for the same answers; their wording may have been corrected."""
    if type(one) is not type(other):
        return False
    plain: dict[str, Any] = {"title": "", "instruction": None, "image": None, "show_if": None}
    return bool(structs.replace(one, **plain) == structs.replace(other, **plain))


def both(now: Drawing | None, before: Drawing | None) -> Drawing | None:
    """Draw each bar with what it was; any other drawing stays as it is."""
    if isinstance(now, Bars) and isinstance(before, Bars):
        return Bars(_paired(now.bars, before.bars), max(now.full, before.full))
    if isinstance(now, Columns) and isinstance(before, Columns):
        return Columns(_paired(now.bars, before.bars), now.mark, now.each, before.mark)
    return now


def _paired(now: tuple[Bar, ...], before: tuple[Bar, ...]) -> tuple[Bar, ...]:
    # By place where the labels are the same row by row: two options may have the same words.
    if [bar.label for bar in now] == [bar.label for bar in before]:
        return tuple(structs.replace(bar, was=was) for bar, was in zip(now, before, strict=True))
    was = {str(bar.label): bar for bar in before}
    return tuple(structs.replace(bar, was=was.get(str(bar.label))) for bar in now)


def joined(now: Table | None, before: Table | None) -> Table | None:
    """Give the figures of before beside those of now, row by row."""
    if now is None or before is None or now.head != before.head or not now.numeric:
        return now
    labels = [place for place in range(len(now.head)) if place not in now.numeric] or [0]
    figures = [place for place in now.numeric if place not in labels]
    if [_cells(row, labels) for row in now.rows] != [_cells(row, labels) for row in before.rows]:
        return now
    head = tuple(Text("{what}, before", {"what": now.head[place]}) for place in figures)
    rows = tuple(
        (*row, *_cells(was, figures)) for row, was in zip(now.rows, before.rows, strict=True)
    )
    wide = len(now.head)
    numeric = (*now.numeric, *range(wide, wide + len(figures)))
    return Table(now.caption, (*now.head, *head), rows, numeric)


def _cells(row: tuple[Words, ...], places: list[int]) -> tuple[Words, ...]:
    return tuple(row[place] for place in places)
