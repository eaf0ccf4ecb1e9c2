"""A scale too long to be drawn grade by grade: what a report shows of it.

Figures keep every grade (fabrique.results/1); a chart gathers them, and its list names those that
somebody chose. A scale of ten thousand would otherwise make a report of megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count, islice

from msgspec import structs

from fabrique.domain.blocks import Bar, Block, Chart, Columns, Notice
from fabrique.domain.text import Text, Words

MOST = 21  # columns: a scale of 0 to 20, a tick every five of a hundred


def condensed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks, each long scale drawn in groups of grades and followed by a word on it."""
    for block in blocks:
        if isinstance(block, Chart) and isinstance(block.drawing, Columns):
            yield from _chart(block, block.drawing)
        else:
            yield block


def _chart(chart: Chart, columns: Columns) -> Iterator[Block]:
    grades = len(columns.bars)
    if grades <= MOST:
        yield chart
        return
    each = _round_size(grades)
    drawing = Columns(tuple(_grouped(columns.bars, each)), columns.mark, each, columns.was)
    chosen = (bar.value or (bar.was and bar.was.value) for bar in columns.bars)
    rows = tuple(compress(chart.table.rows, chosen))
    yield structs.replace(chart, drawing=drawing, table=structs.replace(chart.table, rows=rows))
    yield Notice(
        Text(
            "The scale has {grades} grades: the chart draws them {each} by {each}, and the list "
            "below it has those that somebody chose.",
            {"grades": grades, "each": each},
        )
    )


def _round_size(grades: int) -> int:
    """Give 2, 5, 10, 20, 50…: the least that makes few enough columns."""
    sizes = (leading * 10**zeros for zeros in count() for leading in (1, 2, 5))
    found: int = next(size for size in sizes if -(-grades // size) <= MOST)
    return found


def _grouped(bars: tuple[Bar, ...], each: int) -> Iterator[Bar]:
    rest = iter(bars)
    while group := tuple(islice(rest, each)):
        first, last = group[0].label, group[-1].label
        label = first if first == last else f"{first}–{last}"
        were = [bar.was for bar in group if bar.was is not None]
        yield structs.replace(_sum(label, group), was=_sum(label, were) if were else None)


def _sum(label: Words, bars: Sequence[Bar]) -> Bar:
    people = sum(bar.value for bar in bars)
    return Bar(label, people, str(people))
