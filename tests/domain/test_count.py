from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.count import groups, half_up, mean, median, number, percent, shares

COUNTS = st.lists(st.integers(0, 2000), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((4, 25, 7, 9), ([9, 56, 15, 20], "largest-remainder")),
        ((3, 17, 24), ([7, 39, 54], "largest-remainder")),
        ((4, 4, 6), ([29, 29, 43], "rounded")),
        ((12, 4, 1), ([71, 23, 6], "largest-remainder")),
        ((1, 1, 1), ([33, 33, 33], "rounded")),
        ((1, 1), ([50, 50], "largest-remainder")),
        ((1, 0), ([100, 0], "largest-remainder")),
        ((0, 0, 0), ([0, 0, 0], "largest-remainder")),
        ((), ([], "largest-remainder")),
    ],
)
def test_shares_of_the_reference(counts, expected):
    assert shares(counts) == expected


def test_shares_with_equal_remainders_go_to_the_larger_count():
    # 12.5, 37.5, 50: one point is left for two equal remainders.
    assert shares((1, 3, 4)) == ([12, 38, 50], "largest-remainder")
    assert shares((3, 1, 4)) == ([38, 12, 50], "largest-remainder")


@given(COUNTS)
def test_shares_add_up_unless_they_are_rounded(counts):
    figures, rule = shares(counts)
    if rule == "largest-remainder" and sum(counts):
        assert sum(figures) == 100
    by_count = dict(zip(counts, figures, strict=True))
    assert [by_count[count] for count in counts] == figures
    exact = [Fraction(100 * count, sum(counts) or 1) for count in counts]
    assert all(abs(f - e) < 1 for f, e in zip(figures, exact, strict=True))


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(425, 100), 1, "4.3"),
        (Fraction(4), 1, "4.0"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(0), 2, "0.00"),
        (Fraction(10**40 + 1, 2), 1, "5" + "0" * 39 + ".5"),
    ],
)
def test_half_up_is_exact(value, places, expected):
    assert half_up(value, places) == expected


@given(st.fractions(0, 10**6), st.integers(0, 3))
def test_half_up_is_the_nearest_and_the_upper_of_two(value, places):
    distance = Fraction(half_up(value, places)) - value
    half = Fraction(1, 2 * 10**places)
    assert -half < distance <= half


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(2, 71, 3), (1, 200, 1), (1, 201, 0), (0, 0, 0), (3, 3, 100)]
)
def test_percent_is_half_up(part, whole, expected):
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((0, 0), None), ((1, 1), 1.5), ((1, 2), 2), ((1, 0, 0, 1), 2.5), ((1, 0, 1), 2), ((0, 3), 2)],
)
def test_median_of_an_even_count_is_between_the_two_middle_grades(weights, expected):
    found = median(weights)
    assert (found, type(found)) == (expected, type(expected))


def test_mean_is_half_up_from_exact_figures():
    assert mean((0, 0, 0, 3, 1)) == "4.3"  # 4.25
    assert mean((0, 0)) is None


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_mean_and_median_weigh_each_person_once(weights):
    grades = [grade for grade, n in enumerate(weights, 1) for _ in range(n)]
    if not grades:
        return
    low, high = grades[(len(grades) - 1) // 2], grades[len(grades) // 2]
    assert median(weights) == Fraction(low + high, 2)
    assert mean(weights) == half_up(Fraction(sum(grades), len(grades)), 1)


def test_number_is_whole_without_a_point():
    assert repr([number(Fraction(27)), number(Fraction(19, 2))]) == "[27, 9.5]"


def test_groups_keep_the_order_of_appearance():
    assert groups([("b", 1), ("a", 2), ("b", 3)]) == [[1, 3], [2]]
