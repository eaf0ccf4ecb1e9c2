"""Designs: in every round each table is full, and two points never share a table twice."""

from __future__ import annotations

from itertools import combinations

import pytest

from fabrique.solvers.tables.designs import design, most_rounds
from fabrique.solvers.tables.fields import ring
from fabrique.solvers.tables.points import strangers

ROOMS = [
    *[(tables, size) for tables in range(2, 18) for size in range(2, tables + 1)],
    *[(22, 22), (25, 25), (27, 9), (32, 8), (49, 7), (64, 10), (81, 10), (84, 10)],
]


@pytest.mark.parametrize(("tables", "size"), ROOMS)
def test_nobody_meets_twice(tables, size):
    rounds = min(most_rounds(tables, size), 12)
    made = design(tables, size, rounds)
    if rounds < 2:
        assert made is None
        return
    assert made.shape == (rounds, tables * size)
    met = set()
    for row in made.tolist():
        at = [[point for point, table in enumerate(row) if table == one] for one in range(tables)]
        assert {len(points) for points in at} == {size}
        pairs = {pair for points in at for pair in combinations(points, 2)}
        assert not pairs & met
        met |= pairs


@pytest.mark.parametrize(
    ("tables", "size", "rounds"),
    [
        (5, 4, 5),
        (5, 5, 6),
        (8, 8, 9),
        (9, 9, 10),
        (10, 10, 4),
        (11, 10, 11),
        (16, 6, 16),
        (89, 10, 89),
    ],
)
def test_as_many_rounds_as_are_known(tables, size, rounds):
    assert most_rounds(tables, size) >= rounds


@pytest.mark.parametrize("order", [4, 8, 9, 16, 25, 27, 32, 49, 64, 81])
def test_everything_but_zero_divides_in_a_field(order):
    times = ring(order).times
    assert all(sorted(times[one]) == list(range(order)) for one in range(1, order))
    assert (times == times.T).all()
    add = ring(order).add
    assert all((times[one][add] == add[times[one]][:, times[one]]).all() for one in range(order))


def test_strangers_never_share_a_table():
    made = design(10, 10, 4)
    found = strangers(made, 7, range(99, -1, -1))
    assert found
    assert all((made[:, one] != made[:, other]).all() for one, other in combinations(found, 2))
    assert strangers(design(5, 5, 6), 2, range(25)) is None
