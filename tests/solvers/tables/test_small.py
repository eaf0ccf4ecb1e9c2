"""Small rooms: bounds against every plan there is; kernels do the same without a compiler."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.solution import Clocked
from fabrique.solvers.tables import KIND
from fabrique.solvers.tables.check import count_mix, count_repeats
from fabrique.solvers.tables.problem import Attribute, Problem

FOREVER = Clocked(lambda: 0.0, 1000.0, 0.0)


def problem(people, tables, rounds, values, apart=()):
    ids = tuple(f"p{n:02}" for n in range(people))
    kinds = tuple(Attribute(f"k{n}", n + 1, row) for n, row in enumerate(values))
    return Problem(ids, kinds, tables, rounds, apart=apart)


def partitions(people, tables):
    """Give every way to seat people at tables whose sizes differ by one."""
    least, most = len(people) // tables, -(-len(people) // tables)
    if tables == 1:
        yield [people]
        return
    first, *others = people
    for size in range(least, most + 1):
        for mates in combinations(others, size - 1):
            left = [one for one in others if one not in mates]
            if (tables - 1) * least <= len(left) <= (tables - 1) * most:
                for rest in partitions(left, tables - 1):
                    yield [[first, *mates], *rest]


@st.composite
def rooms(draw):
    people, tables = draw(st.sampled_from([(4, 2), (5, 2), (6, 2), (6, 3)]))
    value = st.integers(-1, 2)
    values = draw(st.lists(st.tuples(*[value] * people), min_size=1, max_size=2))
    return problem(people, tables, draw(st.integers(1, 3)), values)


@settings(max_examples=10, deadline=None)
@given(rooms())
def test_no_plan_is_below_the_bounds_and_ours_has_the_fewest_repeats(room):
    solution = KIND.solve(room, 1, FOREVER)
    ways = list(partitions(list(room.ids), room.tables))
    plans = [(way, *rest) for way in ways[:1] for rest in product(ways, repeat=room.rounds - 1)]
    fewest = min(count_repeats(plan) for plan in plans)
    least = room.rounds * min(count_mix(room, [way]) for way in ways)
    assert solution.bound["repeats"] <= fewest == solution.value["repeats"]
    assert solution.bound["mix"] <= least <= solution.value["mix"]
    assert (solution.status == "proved") == (dict(solution.bound) == dict(solution.value))


TWELVE = """
from fabrique.domain.solution import Clocked
from fabrique.solvers.tables import KIND
from fabrique.solvers.tables.problem import Attribute, Problem
from fabrique.solvers.tables import steps, seats
from fabrique.solvers.tables import search
search.LABELS = steps.Waves(hot=1.4, warm=0.45, cold=0.22, steps=(4, 2), again=1, few=4)
seats.FEWEST, seats.MOST, seats.AGAIN = 6, 6, 2
ids = tuple(f"p{n}" for n in range(12))
kinds = (Attribute("a", 3, tuple(n % 3 for n in range(12))), Attribute("b", 2, (0, 1) * 6))
for tables, rounds, groups in ((4, 5, ()), (4, 3, ()), (3, 3, ((0, 1),)), (5, 2, ())):
    room = Problem(ids, kinds, tables, rounds, together=groups, apart=((2, 3),))
    print(KIND.solve(room, 7, Clocked(lambda: 0.0, 1000.0, 0.0)).body["rounds"])
"""


def test_the_same_plans_compiled_or_not():
    said = [
        subprocess.run(
            [sys.executable, "-c", TWELVE],
            env=os.environ | {"NUMBA_DISABLE_JIT": off},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for off in ("0", "1")
    ]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 4


@pytest.mark.parametrize(
    ("people", "tables", "rounds", "least"),
    [(30, 3, 4, 108), (30, 5, 4, 15), (36, 6, 4, 1), (36, 6, 5, 2), (100, 10, 4, 0), (9, 3, 5, 9)],
)
def test_known_bounds_of_repeats(people, tables, rounds, least):
    assert KIND.bound(problem(people, tables, rounds, ()))["repeats"] == least


GOLDEN = (
    "06,07,08 01,09,11 00,02,04 03,05,10",
    "01,02,06 05,07,09 00,08,10 03,04,11",
    "04,05,06 02,09,10 00,07,11 01,03,08",
    "06,10,11 04,08,09 00,01,05 02,03,07",
)


def test_a_golden_plan():
    made = KIND.solve(problem(12, 4, 4, [tuple(n % 3 for n in range(12))]), 5, FOREVER)
    rounds = made.body["rounds"]
    said = [" ".join(",".join(one[1:] for one in table) for table in turn) for turn in rounds]
    assert tuple(said) == GOLDEN
