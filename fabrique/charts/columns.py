"""A histogram of grades: a column for one or several, the mean marked by a line and its figure."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from fabrique.charts.paper import (
    BAR,
    CURTAIN,
    LINE,
    PAD,
    Drawn,
    Ink,
    measure,
    number,
    text,
    wrap,
)
from fabrique.domain.blocks import Columns
from fabrique.domain.language import Language
from fabrique.domain.text import Text

TALL = 180
TOP = 56  # room for the mean, then for the figure of the tallest column
WIDEST = 96
FIGURE = Ink(17, 750, anchor="middle")
GRADE = Ink(16, 600, anchor="middle")
WAS = Ink(13, 600, CURTAIN, "end")
OUTLINED = Text("outlined: before")
MEAN = Ink(15, 750, CURTAIN, "middle")


def draw(columns: Columns, language: Language, width: float) -> Drawn:
    """Draw the columns from the lowest grade to the highest."""
    step = (width - 2 * PAD) / max(len(columns.bars), 1)
    were = [bar.was for bar in columns.bars if bar.was is not None]
    full = max((bar.value for bar in (*columns.bars, *were)), default=0) or 1
    shapes, figures, before = "", "", ""
    for place, bar in enumerate(columns.bars):
        x, height = PAD + step * (place + 0.5), max(TALL * max(bar.value, 0) / full, 2)
        shapes += _shape(x, min(step * 0.72, WIDEST), height)
        if bar.was is not None:
            tall = max(TALL * max(bar.was.value, 0) / full, 2)
            before += _shape(x, min(step * 0.72, WIDEST), tall)
        figures += _figure(language.say(bar.figure), x, TOP + TALL - height - 8, step)
    body = [_floor(width), f'<path d="{shapes}" fill="{BAR}"/>' if shapes else "", figures]
    body += _grades([language.say(bar.label) for bar in columns.bars], step, width)
    if before:
        body.append(f'<path d="{before}" fill="none" stroke="{CURTAIN}" stroke-width="2"/>')
        body.append(text(width - PAD, 14, language.say(OUTLINED), WAS))
    if columns.mark is not None:
        body.append(_mean(columns.mark, step / columns.each, width, language))
    return Drawn("".join(body), TOP + TALL + 30)


def _floor(width: float) -> str:
    y = TOP + TALL + 0.5
    return f'<path d="M{PAD} {y}H{number(width - PAD)}" stroke="{LINE}"/>'


def _shape(middle: float, width: float, height: float) -> str:
    """Outline a column square at its foot and round at its head."""
    r = min(7, width / 2, height)
    rise, across, bend = number(height - r), number(width - 2 * r), number(r)
    turn = f"a{bend} {bend} 0 0 1 {bend}"
    foot = f"M{number(middle - width / 2)} {number(TOP + TALL)}"
    return f"{foot}v-{rise}{turn} -{bend}h{across}{turn} {bend}v{rise}z"


def _figure(words: str, x: float, y: float, step: float) -> str:
    """Write above a column, where there is room; the list has every figure."""
    if measure(words[:3], FIGURE.size, bold=True) > step:
        return ""
    (line,) = wrap(words, FIGURE.size, step, 1, bold=True)
    return text(x, y, line, FIGURE)


def _grades(labels: list[str], step: float, width: float) -> Iterator[str]:
    """Write under the columns: under every second one, third one… where all would not fit."""
    widest = max((measure(label, GRADE.size, bold=True) for label in labels), default=0)
    every = max(1, ceil(widest / step))
    for place in range(0, len(labels), every):
        (line,) = wrap(labels[place], GRADE.size, width - 2 * PAD, 1, bold=True)
        half = measure(line, GRADE.size, bold=True) / 2
        yield text(_within(PAD + step * (place + 0.5), half, width), TOP + TALL + 24, line, GRADE)


def _within(middle: float, half: float, width: float) -> float:
    return min(max(middle, PAD + half), width - PAD - half)


def _mean(mark: float, grade: float, width: float, language: Language) -> str:
    """Mark the mean on an axis where a grade takes `grade`."""
    x = min(max(PAD + grade * (mark - 0.5), PAD), width - PAD)
    said = language.say(Text("mean {mean}", {"mean": language.figure(mark, 1)}))
    middle = _within(x, measure(said, MEAN.size, bold=True) / 2, width)
    path = f"M{number(x)} 22V{TOP + TALL}"
    line = f'<path d="{path}" stroke="{CURTAIN}" stroke-width="2" stroke-dasharray="5 4"/>'
    return line + text(middle, 14, said, MEAN)
