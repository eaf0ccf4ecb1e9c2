"""Horizontal bars, as on the stage: label, length, figure with its count."""

from __future__ import annotations

from msgspec import Struct

from fabrique.charts.paper import (
    BAR,
    PAD,
    SOFT,
    TRACK,
    Drawn,
    Ink,
    lines,
    measure,
    number,
    wrap,
)
from fabrique.domain.blocks import Bar, Bars
from fabrique.domain.language import Language

SMALL = 480  # narrower than this, the label stands above its bar
GAP = 16
LABEL, FIGURE, NOTE = 16, 18, 13
THICK = 30


class _Row(Struct):
    label: list[str]
    figure: list[str]
    note: list[str]
    share: float


def draw(bars: Bars, language: Language, width: float) -> Drawn:
    """Draw one row a bar, in the given order."""
    rows = [_row(bar, bars.full, language, width) for bar in bars.bars]
    place = _above if width < SMALL else _beside
    right = max((_right(row) for row in rows), default=0)
    body, y = [], 0.0
    for row in rows:
        piece = place(row, width, right)
        body.append(f'<g transform="translate(0 {number(y)})">{piece.body}</g>')
        y += piece.height + GAP
    return Drawn("".join(body), max(y - GAP, 0))


def _row(bar: Bar, full: float, language: Language, width: float) -> _Row:
    label = width - 2 * PAD if width < SMALL else _label_room(width)
    figure = width * 0.3
    return _Row(
        label=wrap(language.say(bar.label), LABEL, label, 8),
        figure=wrap(language.say(bar.figure), FIGURE, figure, 1, bold=True),
        note=wrap(language.say(bar.note), NOTE, figure, 2) if bar.note else [],
        share=min(max(bar.value / full, 0), 1) if full > 0 else 0,
    )


def _label_room(width: float) -> float:
    return width * 0.32 - PAD


def _right(row: _Row) -> float:
    figures = (measure(line, FIGURE, bold=True) for line in row.figure)
    notes = (measure(line, NOTE) for line in row.note)
    return max(max(figures, default=0), max(notes, default=0))


def _beside(row: _Row, width: float, right: float) -> Drawn:
    left = width * 0.32 + 8
    height = max(21 * len(row.label), 22 + 17 * len(row.note), THICK + 10)
    label = lines(PAD, (height - 21 * len(row.label)) / 2 + 16, row.label, 21, Ink(LABEL, 600))
    room = width - PAD - right - 20 - left
    return Drawn(
        label + _bar(left, (height - THICK) / 2, room, row) + _figures(row, width, height), height
    )


def _above(row: _Row, width: float, right: float) -> Drawn:
    top = 21 * len(row.label) + 4
    height = max(22 + 17 * len(row.note), THICK + 4)
    label = lines(PAD, 16, row.label, 21, Ink(LABEL, 600))
    bar = _bar(PAD, (height - THICK) / 2, width - 2 * PAD - right - 14, row)
    lower = f'<g transform="translate(0 {top})">{bar}{_figures(row, width, height)}</g>'
    return Drawn(label + lower, top + height)


def _bar(x: float, y: float, room: float, row: _Row) -> str:
    return _shape(x, y, room, TRACK) + _shape(x, y, max(row.share * room, 3), BAR)


def _shape(x: float, y: float, width: float, fill: str) -> str:
    """Give a bar square at its start and round at its end."""
    r = min(7, width)
    along, side, corner = number(width - r), number(THICK - 2 * r), number(r)
    turn = f"a{corner} {corner} 0 0 1 "
    path = f"M{number(x)} {number(y)}h{along}{turn}{corner} {corner}v{side}{turn}-{corner} {corner}"
    return f'<path d="{path}h-{along}z" fill="{fill}"/>'


def _figures(row: _Row, width: float, height: float) -> str:
    x = width - PAD
    y = (height - 22 - 17 * len(row.note)) / 2 + 18
    return lines(x, y, row.figure, 22, Ink(FIGURE, 750, anchor="end")) + lines(
        x, y + 18, row.note, 17, Ink(NOTE, fill=SOFT, anchor="end")
    )
