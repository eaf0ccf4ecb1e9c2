"""Horizontal bars, as on the stage: label, length, figure with its count."""

from __future__ import annotations

from msgspec import Struct

from fabrique.charts.paper import (
    BAR,
    CURTAIN,
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
from fabrique.domain.text import Text

SMALL = 480  # narrower than this, the label stands above its bar
GAP = 16
LABEL, FIGURE, NOTE = 16, 18, 13
THICK = 30


class _Row(Struct):
    label: list[str]
    figure: list[str]
    note: list[str]
    share: float
    was: float | None = None  # the share before, if it was asked twice


class _Placed(Struct):
    words: str
    bar: tuple[float, float]
    room: float
    height: float


def draw(bars: Bars, language: Language, width: float) -> Drawn:
    """Draw one row a bar, in the given order."""
    rows = [_row(bar, bars.full, language, width) for bar in bars.bars]
    place = _above if width < SMALL else _beside
    right = max((_right(row) for row in rows), default=0)
    tracks, lengths, marks, words, y = "", "", "", "", 0.0
    for row in rows:
        placed = place(row, y, width, right)
        tracks += _shape(placed.bar, placed.room)
        lengths += _shape(placed.bar, max(row.share * placed.room, 3))
        marks += _mark(placed, row.was) if row.was is not None else ""
        words += placed.words
        y += placed.height + GAP
    # One outline for all tracks and one for all bars: they do not touch.
    shapes = f'<path d="{tracks}" fill="{TRACK}"/><path d="{lengths}" fill="{BAR}"/>'
    if marks:
        shapes += f'<path d="{marks}" stroke="{CURTAIN}" stroke-width="4"/>'
    return Drawn(shapes + words if rows else "", max(y - GAP, 0))


def _row(bar: Bar, full: float, language: Language, width: float) -> _Row:
    label = width - 2 * PAD if width < SMALL else _label_room(width)
    figure = width * 0.3
    return _Row(
        label=wrap(language.say(bar.label), LABEL, label, 8),
        figure=wrap(language.say(bar.figure), FIGURE, figure, 1, bold=True),
        note=_notes(bar, language, figure),
        share=_share(bar, full),
        was=None if bar.was is None else _share(bar.was, full),
    )


def _share(bar: Bar, full: float) -> float:
    return min(max(bar.value / full, 0), 1) if full > 0 else 0


def _notes(bar: Bar, language: Language, room: float) -> list[str]:
    found = wrap(language.say(bar.note), NOTE, room, 2) if bar.note else []
    return found + (wrap(language.say(_before(bar.was)), NOTE, room, 2) if bar.was else [])


def _before(was: Bar) -> Text:
    figures = {"figure": was.figure, "note": was.note}
    return (
        Text("before {figure}, {note}", figures) if was.note else Text("before {figure}", figures)
    )


def _mark(placed: _Placed, was: float) -> str:
    """Give a stroke across the bar, where it ended before."""
    x, y = placed.bar
    return f"M{number(x + was * placed.room)} {number(y - 5)}v{THICK + 10}"


def _label_room(width: float) -> float:
    return width * 0.32 - PAD


def _right(row: _Row) -> float:
    figures = (measure(line, FIGURE, bold=True) for line in row.figure)
    notes = (measure(line, NOTE) for line in row.note)
    return max(max(figures, default=0), max(notes, default=0))


def _beside(row: _Row, y: float, width: float, right: float) -> _Placed:
    left = width * 0.32 + 8
    height = max(21 * len(row.label), 22 + 17 * len(row.note), THICK + 10)
    label = lines(PAD, y + (height - 21 * len(row.label)) / 2 + 16, row.label, 21, Ink(LABEL, 600))
    words = label + _figures(row, y, width, height)
    bar = (left, y + (height - THICK) / 2)
    return _Placed(words, bar, width - PAD - right - 20 - left, height)


def _above(row: _Row, y: float, width: float, right: float) -> _Placed:
    top = 21 * len(row.label) + 4
    height = max(22 + 17 * len(row.note), THICK + 4)
    label = lines(PAD, y + 16, row.label, 21, Ink(LABEL, 600))
    words = label + _figures(row, y + top, width, height)
    bar = (PAD, y + top + (height - THICK) / 2)
    return _Placed(words, bar, width - 2 * PAD - right - 14, top + height)


def _shape(corner: tuple[float, float], width: float) -> str:
    """Outline a bar square at its start and round at its end."""
    x, y = map(number, corner)
    r = min(7, width)
    along, side, bend = number(width - r), number(THICK - 2 * r), number(r)
    turn = f"a{bend} {bend} 0 0 1 "
    return f"M{x} {y}h{along}{turn}{bend} {bend}v{side}{turn}-{bend} {bend}h-{along}z"


def _figures(row: _Row, y: float, width: float, height: float) -> str:
    x = width - PAD
    y += (height - 22 - 17 * len(row.note)) / 2 + 18
    return lines(x, y, row.figure, 22, Ink(FIGURE, 750, anchor="end")) + lines(
        x, y + 18, row.note, 17, Ink(NOTE, fill=SOFT, anchor="end")
    )
