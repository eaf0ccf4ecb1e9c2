import struct

import pytest

from fabrique.charts import draw
from fabrique.charts.png import chart_png
from fabrique.domain.blocks import Bar, Bars, Chart, Column, Table, Wall
from fabrique.domain.language import Language
from fabrique.domain.text import Text

HOSTILE = (
    "<script>alert(1)</script>",
    "]]></svg><!-- & &amp; -->",
    "#eval(1) $x$ @ref \\ `raw`",
    "\u202eabc\u202c",
    "a" + "\u0301" * 40,
    "🎭 👨‍👩‍👧 日本 שלום",
    "mot" * 600,
    "\x00\x07\n\t",
    "",
)


def chart(words, drawing):
    return Chart("c", words, Text("Counted"), Text("A drawing"), drawing, Table("", (), ()))


def size(picture):
    assert picture.startswith(b"\x89PNG")
    return struct.unpack(">II", picture[16:24])


def test_a_chart_becomes_a_picture_of_twice_its_size():
    bars = chart("Qui prête ?", Bars((Bar("ici", 3, "3"),), 3))
    assert size(chart_png(draw(bars, Language("fr"))))[0] == 2 * 720


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_become_a_picture(words):
    bars = Bars((Bar(words, 3, words, words),), 3)
    wall = Wall((Column(words, (words, "x")),))
    for drawing in (bars, wall):
        svg = draw(chart(words, drawing), Language("fr"), 360)
        assert size(chart_png(svg))[0] == 2 * 360
