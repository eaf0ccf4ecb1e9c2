import itertools
import json
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

pytest.importorskip("numba", reason="the extra [solvers] is not installed")
pytest.importorskip("ortools", reason="the extra [solvers] is not installed")

from fabrique.domain.solution import Clocked, Impossible
from fabrique.solvers.meetings import KIND
from fabrique.solvers.meetings.declared import read_declared
from fabrique.solvers.meetings.problem import Meeting, Person, Problem

FORM = {
    "format": "fabrique.meetings/1",
    "slots": [{}, {}, {"break": True}, {"half": "afternoon"}, {"half": "afternoon"}],
    "tables": ["Window", "Garden"],
    "people": [
        {"id": "chamber", "name": "Chamber", "table": "Garden"},
        {"id": "ana", "away": [1]},
        {"id": "ben"},
        {"id": "cem"},
        {"id": "dia"},
        {"id": "eva", "away": [2, 4, 5]},
    ],
    "wishes": [
        {"from": "ana", "to": "chamber"},
        {"from": "ben", "to": "chamber", "accepted": True},
        {"from": "cem", "to": "chamber", "rank": 2},
        {"from": "dia", "to": "chamber", "half": "morning", "must": True},
        {"from": "eva", "to": "chamber"},
        {"from": "cem", "to": "ana"},
        {"from": "ana", "to": "cem", "rank": 2, "after": [1]},
    ],
}


def solve(problem, seed=1):
    return KIND.solve(problem, seed, Clocked(time.monotonic, 120, time.monotonic()))


def form(**change):
    return read_declared(json.dumps(FORM | change).encode())


def test_where_not_all_can_be_held_nobody_is_left_alone_and_the_plan_says_who_misses_what():
    plan = solve(form())
    at = {row["index"]: (row["slot"], row["table"]) for row in plan.body["meetings"]}
    assert plan.body["left"] == [3]
    assert plan.value == plan.bound == {"gaps": 0, "left": 1}
    assert plan.status == "proved"
    assert at[5][0] == 1  # eva is there for the first slot alone
    assert at[1][0] < at[6][0]
    assert {at[row][1] for row in (1, 2, 4, 5)} == {2}  # the host keeps the garden
    assert at[6][1] == 1
    assert [text.msgid for text in plan.explain] == ["Wish {row} is not held: {a} with {b}."]


def test_whoever_meets_nobody_is_named():
    people = [{"id": "chamber", "table": 1}, {"id": "ana"}, {"id": "ben"}]
    wishes = [{"from": who, "to": "chamber", "rank": n} for n, who in ((2, "ana"), (1, "ben"))]
    plan = solve(form(slots=[{}], tables=1, people=people, wishes=wishes))
    assert plan.body["meetings"] == [{"index": 2, "slot": 1, "table": 1}]
    alone = [text.params["who"] for text in plan.explain if text.msgid == "{who} meets nobody."]
    assert alone == ["ana"]


def test_what_must_be_and_cannot_is_impossible():
    wishes = [{"from": "eva", "to": "chamber", "must": True, "slot": 2}]
    with pytest.raises(Impossible, match="no slot"):
        solve(form(wishes=wishes))


def problem_of(people, slots, tables, meetings, before):
    some = tuple(Meeting(n + 1, *row) for n, row in enumerate(meetings))
    everybody = tuple(Person(f"p{n}") for n in range(people))
    return Problem(everybody, tuple(range(1, slots + 1)), slots, tables, some, before)


def gaps(problem, slots):
    days = [
        "".join("x" if t in {slots[m] for m in some} else "." for t in range(len(problem.numbers)))
        for some in problem.theirs
    ]
    found = [len([run for run in day.strip(".").split("x") if run]) for day in days]
    return sum(found) if max(found) - min(found) <= 2 else None


def brute(problem):
    """The fewest gaps of all days there are; None where there is none."""
    found = []
    for slots in itertools.product(*(one.slots for one in problem.meetings)):
        pairs = [
            (who, t) for one, t in zip(problem.meetings, slots, strict=True) for who in one.ends
        ]
        if (
            len(set(pairs)) == len(pairs)
            and all(slots.count(t) <= problem.tables for t in slots)
            and all(slots[m] < slots[n] for m, n in problem.before)
            and gaps(problem, slots) is not None
        ):
            found.append(gaps(problem, slots))
    return min(found, default=None)


@st.composite
def problems(draw):
    people, slots = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    ends = st.lists(st.integers(0, people - 1), min_size=2, max_size=2, unique=True)
    may = st.sets(st.integers(0, slots - 1), min_size=1).map(lambda some: tuple(sorted(some)))
    meetings = draw(st.lists(st.tuples(ends, may), min_size=1, max_size=5))
    pair = st.tuples(*[st.integers(0, len(meetings) - 1)] * 2).filter(lambda two: two[0] != two[1])
    before = draw(st.sets(pair, max_size=2)) if len(meetings) > 1 else ()
    rows = [(a, b, some) for (a, b), some in meetings]
    return problem_of(people, slots, draw(st.integers(1, 3)), rows, tuple(sorted(before)))


@settings(max_examples=25)
@given(problems())
def test_small_days_are_planned_as_well_as_by_trying_all(problem):
    best = brute(problem)
    if best is None:
        with pytest.raises(Impossible):
            solve(problem)
        return
    plan = solve(problem)
    assert plan.value == plan.bound == {"gaps": best}
    assert plan.status == "proved"
    assert gaps(problem, [row["slot"] - 1 for row in plan.body["meetings"]]) == best


def ring(people=14, slots=6):
    rows = [(n, (n + k) % people, tuple(range(slots))) for n in range(people) for k in (1, 2)]
    return problem_of(people, slots, 5, rows, ((0, 5), (5, 9)))


GOLDEN = "(0, 4, 1, 3, 2, 3, 4, 1, 2, 5, 3, 0, 2, 4, 1, 3, 0, 5, 1, 2, 4, 0, 5, 3, 4, 1, 5, 2)"


def test_a_seed_gives_the_same_plan_compiled_or_not():
    from fabrique.solvers.meetings.annealing import run  # noqa: PLC0415

    code = (
        "import time\n"
        "from tests.solvers.meetings.test_meetings import ring\n"
        "from fabrique.domain.solution import Clocked\n"
        "from fabrique.solvers.meetings.annealing import run\n"
        "print(run(ring(), 7, 4000, Clocked(time.monotonic, 600, time.monotonic()), 0).slots)"
    )
    env = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    plain = subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True
    )
    compiled = run(ring(), 7, 4000, Clocked(time.monotonic, 600, time.monotonic()), 0)
    assert plain.stdout.strip() == str(compiled.slots) == GOLDEN


def test_a_changed_plan_is_refused():
    problem = ring()
    plan = solve(problem)
    assert KIND.check(problem, plan) == []
    for key, value in (
        ("slot", 99),
        ("slot", 1 + plan.body["meetings"][0]["slot"] % 6),
        ("table", 0),
    ):
        rows = [dict(row) for row in plan.body["meetings"]]
        rows[0][key] = value
        assert KIND.check(problem, replace(plan, body={"meetings": rows}))
    assert KIND.check(problem, replace(plan, value={"gaps": 1}))
    assert KIND.check(problem, replace(plan, body={"meetings": plan.body["meetings"][1:]}))
