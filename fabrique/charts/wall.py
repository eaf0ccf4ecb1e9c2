"""A board of post-its in columns, as it stood: one tint a column, one corner folded.

A note shows as many lines as stay readable and ends in an ellipsis; the table has every word.
"""

from __future__ import annotations

from msgspec import Struct

from fabrique.charts.paper import LINE, PAD, SOFT, Drawn, Ink, lines, number, text, wrap
from fabrique.domain.blocks import Column, Wall
from fabrique.domain.language import Language

TINTS = ("#fff0b3", "#ffd8de", "#cdf1df", "#d4e7ff", "#e7dcff")
FOLDS = ("#e5cf7a", "#eab0ba", "#9fd6ba", "#a3c6ee", "#c3b0ec")
GAP = 10
NOTE = 150  # the least width of a post-it
COLUMN = 200  # the least width of a column, else columns go below one another
SIZE, STEP, MOST = 14, 18, 8
FOLD = 14


class _Note(Struct):
    lines: list[str]
    height: float


def draw(wall: Wall, language: Language, width: float) -> Drawn:
    """Draw the columns side by side where they fit, else in rows of columns."""
    room = width - 2 * PAD
    across = max(1, min(len(wall.columns), int((room + 2 * GAP) / (COLUMN + 2 * GAP))))
    wide = (room + 2 * GAP) / across - 2 * GAP
    body, y = [], 0.0
    for start in range(0, len(wall.columns), across):
        drawn = [
            _column(column, (start + place) % len(TINTS), wide, language)
            for place, column in enumerate(wall.columns[start : start + across])
        ]
        for place, column in enumerate(drawn):
            x = PAD + place * (wide + 2 * GAP)
            body.append(f'<g transform="translate({number(x)} {number(y)})">{column.body}</g>')
        y += max(column.height for column in drawn) + 2 * GAP
    return Drawn("".join(body), max(y - 2 * GAP, 0))


def _column(column: Column, tint: int, width: float, language: Language) -> Drawn:
    count = language.figure(len(column.notes))
    title = wrap(column.title, 16, width - 40, 3, bold=True)
    top = 22 * len(title) + 12
    head = lines(0, 16, title, 22, Ink(16, 700))
    head += text(width, 16, count, Ink(15, 600, SOFT, "end"))
    rule = f'<path d="M0 {top - 4}H{number(width)}" stroke="{LINE}" stroke-width="2"/>'
    notes = _notes(column, tint, width)
    lower = f'<g transform="translate(0 {top + 6})">{notes.body}</g>'
    return Drawn(head + rule + lower, top + 6 + notes.height)


def _notes(column: Column, tint: int, width: float) -> Drawn:
    """Put each note, in order, at the foot of the shortest pile: reading goes left to right."""
    piles = [0.0] * max(1, int((width + GAP) / (NOTE + GAP)))
    wide = (width + GAP) / len(piles) - GAP
    sheets, folds, words = "", "", ""
    for note in (_note(written, wide) for written in column.notes):
        pile = piles.index(min(piles))
        x, y = pile * (wide + GAP), piles[pile]
        sheets += _sheet(x, y, wide, note.height)
        folds += _fold(x + wide, y + note.height)
        words += lines(x + 11, y + 24, note.lines, STEP, Ink(SIZE))
        piles[pile] += note.height + GAP
    # One outline a column, not one a note: the page and the document are lighter by it.
    paper = f'<path d="{sheets}" fill="{TINTS[tint]}"/><path d="{folds}" fill="{FOLDS[tint]}"/>'
    return Drawn(paper + words if sheets else "", max(max(piles) - GAP, 0))


def _note(words: str, width: float) -> _Note:
    written = wrap(words, SIZE, width - 22, MOST)
    return _Note(written, STEP * len(written) + 22)


def _sheet(x: float, y: float, width: float, height: float) -> str:
    """Outline a note without its corner."""
    left, right, bend = number(x), number(x + width), number(y + height - FOLD)
    return f"M{left} {number(y)}H{right}V{bend}l-{FOLD} {FOLD}H{left}z"


def _fold(right: float, foot: float) -> str:
    return f"M{number(right)} {number(foot - FOLD)}h-{FOLD}V{number(foot)}z"
