import re

from fabrique.charts.crossings import MOST, crossings


def cells(drawing, kind):
    found = re.search(rf'class="{kind}" d="([^"]*)"', drawing)
    return (
        {tuple(map(int, one)) for one in re.findall(r"M(\d+) (\d+)", found[1])} if found else set()
    )


def test_a_pair_fills_both_its_cells_by_how_often_it_meets():
    times = {frozenset("ab"): 1, frozenset("bc"): 3}
    drawing = crossings("abc", times)
    assert cells(drawing, "once") == {(0, 1), (1, 0)}
    assert cells(drawing, "twice") == {(1, 2), (2, 1)}
    assert cells(drawing, "self") == {(0, 0), (1, 1), (2, 2)}


def test_however_many_people_there_are_three_shapes_at_most():
    order = [str(n) for n in range(MOST)]
    times = {frozenset((a, b)): 1 + (int(a) + int(b)) % 2 for a in order for b in order if a < b}
    assert crossings(order, times).count("<path") == 3


def test_nothing_is_drawn_that_nobody_could_see():
    assert crossings([str(n) for n in range(MOST + 1)], {}) == ""
    assert crossings(["a"], {}) == ""
