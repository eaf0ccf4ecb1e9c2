import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.charts import NARROW, WIDE, draw, paper
from fabrique.domain.blocks import (
    Bar,
    Bars,
    Chart,
    Cloud,
    Column,
    Columns,
    Table,
    Wall,
    Word,
)
from fabrique.domain.language import Language
from fabrique.domain.text import Text

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = Language("en")
LONG = "mot" * 600
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["<b>&amp;]]>", "\u202eabc", "e" + "\u0301" * 40, "🎭👨‍👩‍👧", LONG, " ", "\x00\x1b"]
    ),
)
AMOUNTS = st.integers(0, 500)
BARS = st.builds(Bar, label=WORDS, value=AMOUNTS, figure=WORDS, note=WORDS)
DRAWINGS = st.one_of(
    st.builds(Bars, bars=st.lists(BARS, max_size=5).map(tuple), full=AMOUNTS),
    st.builds(
        Columns,
        bars=st.lists(BARS, max_size=12).map(tuple),
        mark=st.none() | st.floats(0, 15),
    ),
    st.builds(Cloud, words=st.lists(st.builds(Word, WORDS, AMOUNTS), max_size=12).map(tuple)),
    st.builds(
        Wall,
        columns=st.lists(
            st.builds(Column, WORDS, st.lists(WORDS, max_size=6).map(tuple)), max_size=7
        ).map(tuple),
    ),
)


def chart(drawing, title="Who lends?", n=45):
    count = Text("{n} answer", {"n": n}, "{n} answers")
    return Chart("c", title, count, Text("A drawing"), drawing, Table("", (), ()))


def read(drawing, width=WIDE, **kind):
    return ET.fromstring(draw(chart(drawing, **kind), ENGLISH, width))  # noqa: S314 - our own


def texts(root):
    return [" ".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def bars(*shares):
    return Bars(tuple(Bar(f"option {n}", n, f"{n}%", f"{n} people") for n in shares), 100)


@given(DRAWINGS, WORDS, st.sampled_from([NARROW, WIDE, 1080]))
def test_any_words_give_a_whole_picture(drawing, title, width):
    root = read(drawing, width, title=title)
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        *("svg", "title", "desc", "g", "path", "rect", "text", "tspan")
    }
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_who_was_counted_is_in_the_picture(width):
    assert texts(read(bars(9, 56), width))[-1] == "45 answers"


def test_a_title_that_stands_above_remains_the_name():
    svg = draw(chart(bars(3)), ENGLISH, titled=False)
    assert svg.count("Who lends?") == 1
    assert "<title>Who lends?</title>" in svg


def test_every_bar_has_label_figure_and_count():
    assert texts(read(bars(9, 56)))[1:-1] == [
        *("option 9", "9%", "9 people", "option 56", "56%", "56 people")
    ]


def test_a_long_label_is_wrapped_not_cut():
    label = "an option that takes quite a few words to be said as it was meant"
    drawn = texts(read(Bars((Bar(label, 1, "1%"),), 1), NARROW))
    assert " ".join(drawn[1].split()) == label


def test_the_mean_is_marked_at_its_grade():
    columns = Columns(tuple(Bar(str(g), g, str(g)) for g in range(1, 6)), mark=3.0)
    root = read(columns)
    assert "mean 3.0" in texts(root)
    (mark,) = [n for n in root.iter(f"{SVG}path") if n.get("stroke-dasharray")]
    assert mark.get("d").startswith(f"M{WIDE // 2} ")


def test_the_mean_keeps_its_place_where_a_column_is_several_grades():
    bars = tuple(Bar(f"{g}–{g + 4}", g, str(g)) for g in range(1, 100, 5))
    root = read(Columns(bars, mark=50.5, each=5))
    (mark,) = [n for n in root.iter(f"{SVG}path") if n.get("stroke-dasharray")]
    assert mark.get("d").startswith(f"M{WIDE // 2} ")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_grades_are_written_where_they_fit_and_never_cut(width):
    columns = Columns(tuple(Bar(f"{g}–{g + 499}", g, "1") for g in range(1, 10_000, 500)), each=500)
    said = [n for n in read(columns, width).iter(f"{SVG}text") if "–" in "".join(n.itertext())]
    spans = [(float(n.get("x")), paper.measure(n.text, 16, bold=True) / 2) for n in said]
    assert len(said) >= 3
    assert all(x + a <= y - b for (x, a), (y, b) in pairwise(spans))
    assert all(half <= x <= width - half for x, half in spans)
    assert not any("…" in n.text for n in said)


def test_words_stand_in_order_and_do_not_overlap():
    words = tuple(Word(f"mot{n}", 40 // (n + 1) + 1) for n in range(46))
    placed = read(Cloud(words)).iter(f"{SVG}text")
    boxes = [_box(node) for node in placed if node.text.startswith("mot")]
    assert len(boxes) == len(words)
    for one in range(len(boxes)):
        assert all(_apart(boxes[one], other) for other in boxes[one + 1 :])
    assert [box[1] for box in boxes] == sorted(box[1] for box in boxes)


def _box(node):
    size = float(node.get("font-size"))
    half = paper.measure(node.text, size, bold=True) / 2
    x, y = float(node.get("x")), float(node.get("y"))
    return x - half, y, x + half, y - size * 0.7


def _apart(a, b):
    return a[2] <= b[0] or b[2] <= a[0] or a[1] <= b[3] or b[1] <= a[3]


def test_a_note_never_leaves_its_paper():
    root = read(Wall((Column("t", (LONG, "a " * 1000)),)))
    for line in root.iter(f"{SVG}tspan"):
        assert paper.measure(line.text, 14) <= WIDE / 2
    assert sum("…" in text for text in texts(root)) == 2


def test_notes_of_a_column_share_a_tint_and_columns_do_not():
    svg = draw(chart(Wall((Column("a", ("1", "2")), Column("b", ("3",))))), ENGLISH)
    assert (svg.count("#fff0b3"), svg.count("#ffd8de")) == (1, 1)
    sheets = dict(re.findall(r'<path d="([^"]+)" fill="(#fff0b3|#ffd8de)"', svg))
    assert sorted(path.count("M") for path in sheets) == [1, 2]


def test_a_sign_stays_on_the_line_of_its_word():
    title = "Un mot, deux mots et puis encore d'autres mots pour la rentrée ? " * 2
    lines = texts(read(bars(1), NARROW, title=title))[0]
    assert "rentrée\u00a0?" in lines
    assert texts(read(Bars((Bar("a", 1, "56\u202f%"),), 1)))[2] == "56\u202f%"


@pytest.mark.parametrize(
    ("few", "many"),
    [
        (bars(1), bars(*range(40))),
        (Columns((Bar("1", 1, "1"),)), Columns((Bar("1", 1, "1"),) * 40)),
        (Wall((Column("t", ("a",)),)), Wall((Column("t", ("a",) * 40),))),
    ],
)
def test_more_to_draw_is_not_more_shapes(few, many):
    shapes = [len(list(read(one).iter(f"{SVG}path"))) for one in (few, many)]
    assert shapes[0] == shapes[1]


def test_plain_drops_directions_and_towers_of_accents():
    assert paper.plain("a\u202eb\n c\u0301\u0301\u0301\u0301") == "ab c\u0301\u0301\u0301"
