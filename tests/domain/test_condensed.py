import pytest

from fabrique.domain.blocks import Bar, Bars, Chart, Columns, Notice, Paragraph, Table
from fabrique.domain.condensed import MOST, condensed
from fabrique.domain.text import Text


def chart(scale, chosen):
    """A rating of `scale` grades: as many people at each as `chosen` says."""
    people = [chosen.get(grade, 0) for grade in range(1, scale + 1)]
    bars = tuple(Bar(str(grade), n, str(n)) for grade, n in enumerate(people, 1))
    rows = tuple((str(grade), str(n)) for grade, n in enumerate(people, 1))
    table = Table("", ("Grade", "People"), rows, (0, 1))
    return Chart("c", "t", Text(""), Text(""), Columns(bars, mark=7.5), table)


def test_what_is_short_or_no_scale_stays_as_it_is():
    options = tuple(Bar(str(n), n, str(n)) for n in range(40))
    choice = Chart("b", "t", Text(""), Text(""), Bars(options, 1), Table("", (), ()))
    blocks = [chart(MOST, {3: 2}), choice, Paragraph("p")]
    assert list(condensed(blocks)) == blocks


@pytest.mark.parametrize(
    ("scale", "each", "last"),
    [
        (22, 2, "21–22"),
        (50, 5, "46–50"),
        (100, 5, "96–100"),
        (101, 5, "101"),
        (10_000, 500, "9501–10000"),
    ],
)
def test_a_long_scale_is_drawn_in_groups_and_only_what_was_chosen_is_listed(scale, each, last):
    chosen = {1: 2, 2: 4, each + 2: 1, scale: 3}
    found, note = condensed([chart(scale, chosen)])
    assert found.table.rows == tuple((str(g), str(n)) for g, n in sorted(chosen.items()))
    drawing = found.drawing
    assert (drawing.each, drawing.mark, len(drawing.bars) <= MOST) == (each, 7.5, True)
    assert sum(bar.value for bar in drawing.bars) == sum(chosen.values())
    assert (drawing.bars[0].label, drawing.bars[-1].label) == (f"1–{each}", last)
    assert [bar.value for bar in drawing.bars[:2]] == [6, 1]
    assert isinstance(note, Notice)
    assert note.text.params == {"grades": scale, "each": each}


def test_nobody_chose_anything():
    found, _ = condensed([chart(1000, {})])
    assert found.table.rows == ()
    assert {bar.value for bar in found.drawing.bars} == {0}
