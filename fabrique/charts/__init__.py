"""Charts: one drawing, the same on a page, in a document and as a picture.

A drawing is SVG text: no font, script, style sheet or address in it, colours of the light theme
on a card of paper, so that it reads the same on any ground and in grey.
"""

from __future__ import annotations

from typing import assert_never

from fabrique.charts import bars, cloud, columns, wall
from fabrique.charts.paper import Drawn, Said, card
from fabrique.domain.blocks import Bars, Chart, Cloud, Columns, Drawing, Wall
from fabrique.domain.language import Language

WIDE = 720
NARROW = 360  # the same drawing composed again, so that its words stay readable on a phone


def draw(chart: Chart, language: Language, width: float = WIDE, *, titled: bool = True) -> str:
    """Give the chart as one SVG element, `width` pixels wide.

    Not `titled` where the same title stands right above; it remains the name of the picture.
    """
    say = language.say
    said = Said(say(chart.title), say(chart.count), say(chart.alt), titled)
    return card(said, width, _drawn(chart.drawing, language, width))


def _drawn(drawing: Drawing, language: Language, width: float) -> Drawn:
    match drawing:
        case Bars():
            return bars.draw(drawing, language, width)
        case Columns():
            return columns.draw(drawing, language, width)
        case Cloud():
            return cloud.draw(drawing, language, width)
        case Wall():
            return wall.draw(drawing, language, width)
        case _:
            assert_never(drawing)
