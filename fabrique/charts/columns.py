"""A histogram of grades: one column a grade, the mean marked by a line and its figure."""

from __future__ import annotations

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
from fabrique.domain.blocks import Bar, Columns
from fabrique.domain.language import Language
from fabrique.domain.text import Text

TALL = 180
TOP = 56  # room for the mean, then for the figure of the tallest column
WIDEST = 96
FIGURE = Ink(17, 750, anchor="middle")
GRADE = Ink(16, 600, anchor="middle")
MEAN = Ink(15, 750, CURTAIN, "middle")


def draw(columns: Columns, language: Language, width: float) -> Drawn:
    """Draw the columns from the lowest grade to the highest."""
    step = (width - 2 * PAD) / max(len(columns.bars), 1)
    full = max((bar.value for bar in columns.bars), default=0) or 1
    body = [_floor(width)]
    for place, bar in enumerate(columns.bars):
        body.append(_column(bar, PAD + step * (place + 0.5), step, full, language))
    if columns.mark is not None:
        body.append(_mean(columns.mark, step, width, language))
    return Drawn("".join(body), TOP + TALL + 30)


def _floor(width: float) -> str:
    y = TOP + TALL + 0.5
    return f'<path d="M{PAD} {y}H{number(width - PAD)}" stroke="{LINE}"/>'


def _column(bar: Bar, x: float, step: float, full: float, language: Language) -> str:
    thick = min(step * 0.72, WIDEST)
    height = max(TALL * max(bar.value, 0) / full, 2)
    y = TOP + TALL - height
    return (
        _shape(x - thick / 2, y, thick, height)
        + _fitting(language.say(bar.figure), x, y - 8, step, FIGURE)
        + _fitting(language.say(bar.label), x, TOP + TALL + 24, step, GRADE)
    )


def _shape(x: float, y: float, width: float, height: float) -> str:
    """Give a column square at its foot and round at its head."""
    r = min(7, width / 2, height)
    rise, across = number(height - r), number(width - 2 * r)
    turn = f"a{number(r)} {number(r)} 0 0 1 {number(r)}"
    path = (
        f"M{number(x)} {number(y + height)}v-{rise}{turn} -{number(r)}h{across}{turn} {number(r)}"
    )
    return f'<path d="{path}v{rise}z" fill="{BAR}"/>'


def _fitting(words: str, x: float, y: float, step: float, ink: Ink) -> str:
    """Write under or above a column; on a scale of a hundred grades, only what fits is written."""
    if measure(words[:3], ink.size, bold=True) > step:
        return ""
    (line,) = wrap(words, ink.size, step, 1, bold=True)
    return text(x, y, line, ink)


def _mean(mark: float, step: float, width: float, language: Language) -> str:
    x = min(max(PAD + step * (mark - 0.5), PAD), width - PAD)
    said = language.say(Text("mean {mean}", {"mean": language.figure(mark, 1)}))
    half = measure(said, MEAN.size, bold=True) / 2
    middle = min(max(x, PAD + half), width - PAD - half)
    path = f"M{number(x)} 22V{TOP + TALL}"
    line = f'<path d="{path}" stroke="{CURTAIN}" stroke-width="2" stroke-dasharray="5 4"/>'
    return line + text(middle, 14, said, MEAN)
