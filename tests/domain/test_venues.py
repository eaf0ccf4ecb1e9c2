from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.venues import Criterion, Measure, Value, late, meets, score

SEATS = Criterion(1, "Places", Measure.LEAST, 3, Decimal(100))
PRICE = Criterion(2, "Prix", Measure.MOST, 2, Decimal(500))
ACCESS = Criterion(3, "Accès", Measure.GRADE, 1)
NOTE = Criterion(4, "Note", Measure.WORDS, 1)
ALL = (SEATS, PRICE, ACCESS, NOTE)


def value(figure):
    return Value(Decimal(figure))


def test_a_figure_is_read_against_what_is_wanted():
    assert meets(SEATS, value(50)) == Decimal("0.5")
    assert meets(SEATS, value(300)) == 1
    assert meets(PRICE, value(1000)) == Decimal("0.5")
    assert meets(PRICE, value(0)) == 1
    assert meets(ACCESS, value(3)) == Decimal("0.75")
    assert meets(NOTE, value(3)) is None


def test_what_is_not_known_counts_neither_for_nor_against():
    found = score(ALL, {1: value(50), 3: value(4)})
    assert (found.percent, found.known, found.counted) == (62, 2, 3)
    assert found.short == ("Places",)
    assert score(ALL, {}).percent is None


@given(st.lists(st.decimals(0, 10_000, places=2), min_size=3, max_size=3))
def test_a_score_is_a_share(figures):
    values = {n: Value(figure) for n, figure in enumerate(figures, 1)}
    assert 0 <= score(ALL, values).percent <= 100


def test_the_day_to_decide_is_still_in_time():
    day = date(2026, 6, 9)
    assert not late(day, day, decided=False)
    assert late(day, date(2026, 6, 10), decided=False)
    assert not late(day, date(2026, 6, 10), decided=True)
    assert not late(None, day, decided=False)
