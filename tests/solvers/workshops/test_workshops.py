"""Workshops: against every possible assignment, an independent reader, and tables that lie."""

import csv
import io
import itertools
import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.__main__ import main
from fabrique.domain.solution import Clocked, Status
from fabrique.domain.text import Invalid
from fabrique.solvers import workshops
from fabrique.solvers.workshops import flow
from fabrique.solvers.workshops.counted import queued
from fabrique.solvers.workshops.prices import NONE, find_prices

PEOPLE = "id,choice1,choice2,choice3\n"


def watch(seconds=20.0):
    return Clocked(time.monotonic, seconds, time.monotonic())


def made(people, places, *, total=False):
    problem = workshops.read((people.encode(), "people.csv"), (places.encode(), "places.csv"))
    if total:
        problem = type(problem)(
            problem.people, problem.choices, problem.offers, problem.slots, problem.ranks, sum=True
        )
    return workshops.KIND.solve(problem, 1, watch())


def table(seed, people, names, ranks):
    chance = random.Random(seed)
    rows = [["id", *(f"choice{n + 1}" for n in range(ranks))]]
    rows += [
        [f"p{n}", *chance.sample([f"w{k}" for k in range(names)], ranks)] for n in range(people)
    ]
    return "".join(",".join(row) + "\n" for row in rows)


def seats(capacities):
    return "workshop,capacity\n" + "".join(f"w{n},{c}\n" for n, c in enumerate(capacities))


def judged(people, places, plan):
    """The count of places by rank, as FORMATS says; an assertion where the plan is not one."""
    choices = {row[0]: row[1:] for row in list(csv.reader(io.StringIO(people)))[1:]}
    left = {row["workshop"]: int(row["capacity"]) for row in csv.DictReader(io.StringIO(places))}
    assert set(plan["assigned"]) == set(choices)
    ranks = [0] * (len(next(iter(choices.values()))) + 1)
    for person, workshop in plan["assigned"].items():
        if workshop is None:
            ranks[-1] += 1
            continue
        left[workshop] -= 1
        assert left[workshop] >= 0
        ranks[choices[person].index(workshop)] += 1
    return ranks


def fairest(people, places):
    """The best of every assignment, the worst rank first."""
    rows = list(csv.reader(io.StringIO(people)))[1:]
    room = {row["workshop"]: int(row["capacity"]) for row in csv.DictReader(io.StringIO(places))}
    best = None
    for given_ in itertools.product(range(len(rows[0])), repeat=len(rows)):
        left = dict(room)
        counts = [0] * len(rows[0])
        for row, rank in zip(rows, given_, strict=True):
            counts[rank] += 1
            if rank < len(row) - 1:
                left[row[1:][rank]] -= 1
        if min(left.values()) >= 0:
            key = counts[::-1]
            best = key if best is None or key < best else best
    return best[::-1]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(1, 6), st.lists(st.integers(0, 3), min_size=3, max_size=4)
)
def test_nothing_is_fairer(seed, people, capacities):
    names = table(seed, people, len(capacities), 3)
    solution = made(names, seats(capacities))
    assert judged(names, seats(capacities), solution.body) == solution.value["ranks"]
    assert solution.value["ranks"] == fairest(names, seats(capacities))
    assert solution.status is Status.PROVED


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 6), min_size=8, max_size=8))
def test_costs_too_steep_for_a_machine_are_settled_part_by_part(seed, capacities):
    chance = random.Random(seed)
    ranks = [{w: r for r, w in enumerate(chance.sample(range(8), 6))} for _ in range(30)]
    costs = flow.steep(30, 6)
    whole = flow.assign(ranks, capacities, costs)
    before, flow.WORD = flow.WORD, 1 << 18
    try:
        parts = flow.assign(ranks, capacities, costs)
        assert len(flow._parts(costs, 39)) > 2
    finally:
        flow.WORD = before
    worth = [
        sum(costs[mine.get(w, 6)] for mine, w in zip(ranks, g, strict=True)) for g in (whole, parts)
    ]
    assert worth[0] == worth[1]


def test_prices_refuse_what_is_not_the_cheapest():
    costs = [{0: 0, 1: 1, NONE: 9}, {0: 0, 1: 5, NONE: 9}]
    assert find_prices(costs, [1, 0], [1, 1]) == [1, 0]
    assert find_prices(costs, [0, 1], [1, 1]) is None


def test_the_least_sum_may_be_less_fair():
    # Fair: nobody at their third choice; the sum would rather have one there.
    names = PEOPLE + "a,w0,w1,w2\nb,w0,w1,w2\nc,w1,w2,w0\n"
    assert made(names, seats([1, 1, 1])).value["ranks"] == [1, 2, 0, 0]
    assert made(names, seats([1, 1, 1]), total=True).value["ranks"] in ([1, 2, 0, 0], [2, 0, 1, 0])


def test_a_blank_choice_keeps_the_rank_of_the_next():
    solution = made(PEOPLE + "a,,w1,\nb,w1,,w0\n", seats([1, 1]))
    assert solution.value["ranks"] == [0, 1, 1, 0]


def test_who_waits_stands_with_the_worst_off_first():
    names = PEOPLE + "a,w0,w1,w2\nb,w0,w1,w2\nc,w0,,\n"
    solution = made(names, seats([1, 1, 0]))
    assert solution.body["assigned"] == {"a": "w1", "b": "w1", "c": "w0"} or (
        solution.value["ranks"] == [1, 1, 0, 1]
    )
    line = solution.body["waiting"]["w0"]
    nobody = [one for one, had in solution.body["assigned"].items() if had is None]
    assert line[: len(nobody)] == nobody


def test_a_queue_serves_the_first_in_the_file_best():
    names = PEOPLE + "a,w0,w1,w2\nb,w0,w1,w2\nc,w0,,\n"
    problem = workshops.read((names.encode(), "p"), (seats([1, 1, 1]).encode(), "w"))
    assert list(queued(problem).values()) == ["w0", "w1", None]


def test_several_slots_give_nobody_the_same_workshop_twice():
    places = "workshop,capacity,slot\nw0,1,am\nw0,1,pm\nw1,1,am\nw1,1,pm\nw2,2,pm\n"
    names = PEOPLE + "a,w0,w1,w2\nb,w0,w1,w2\nc,w2,w0,w1\n"
    solution = made(names, places)
    assert solution.status is Status.PROVED
    assert solution.value["ranks"] == [3, 2, 0, 1]
    for mine in solution.body["assigned"].values():
        assert set(mine) == {"am", "pm"}
        had = [one for one in mine.values() if one]
        assert had
        assert len(set(had)) == len(had)


@pytest.mark.parametrize(
    ("people", "places", "where"),
    [
        ("", "workshop,capacity\nw0,1\n", "people.csv"),
        (PEOPLE, seats([1]), "people.csv"),
        (PEOPLE + ",w0,,\n", seats([1]), "people.csv:2"),
        (PEOPLE + "a,w0,,\na,w0,,\n", seats([1]), "people.csv:3"),
        (PEOPLE + "a,w7,,\n", seats([1]), "people.csv:2"),
        ("name,choice1\na,w0\n", seats([1]), "people.csv"),
        ("id,choice2\na,w0\n", seats([1]), "people.csv"),
        (PEOPLE + "a,w0,,\n", "workshop,capacity\nw0,-1\n", "places.csv:2"),
        (PEOPLE + "a,w0,,\n", "workshop,capacity\nw0,many\n", "places.csv:2"),
        (PEOPLE + "a,w0,,\n", "workshop,capacity\nw0,1\nw0,2\n", "places.csv:3"),
        (PEOPLE + "a,w0,,\n", "workshop,seats\nw0,1\n", "places.csv"),
        (PEOPLE + "a,w0,,\n", "workshop,capacity\n", "places.csv"),
        (PEOPLE + "a,w0,,\n", "workshop,capacity,slot\nw0,1,\n", "places.csv:2"),
    ],
)
def test_a_table_that_lies_is_refused_with_its_line(people, places, where):
    with pytest.raises(Invalid) as refused:
        made(people, places)
    assert refused.value.where == where


def test_a_changed_plan_is_refused():
    names, places = table(3, 12, 4, 3), seats([3, 3, 3, 3])
    problem = workshops.read((names.encode(), "p"), (places.encode(), "w"))
    solution = workshops.KIND.solve(problem, 1, watch())
    assert workshops.KIND.check(problem, solution) == []
    assigned = solution.body["assigned"]
    first, second = list(assigned)[:2]
    for other in (
        assigned | {first: "w9"},
        assigned | {first: None},
        dict.fromkeys(assigned, assigned[first]),
        {first: assigned[first]},
        assigned | {second: next(w for w in ("w0", "w1", "w2", "w3") if w != assigned[second])},
    ):
        wrong = type(solution)(
            **{
                name: getattr(solution, name)
                for name in solution.__struct_fields__
                if name != "body"
            },
            body=solution.body | {"assigned": other},
        )
        assert workshops.KIND.check(problem, wrong)


def test_the_command_writes_a_plan_that_others_read(tmp_path, capsys):
    names, places = table(5, 100, 8, 5), seats([13] * 8)
    for name, content in (("people.csv", names), ("places.csv", places)):
        (tmp_path / name).write_text(content)
    files = [str(tmp_path / name) for name in ("people.csv", "places.csv")]
    out = tmp_path / "plan.json"
    assert main(["plan", "workshops", *files, "--out", str(out)]) == 0
    plan = json.loads(out.read_text())
    assert judged(names, places, plan) == plan["value"]["ranks"] == plan["bound"]["ranks"]
    assert plan["status"] == "proved"
    assert plan["explain"]
    (tmp_path / "people.csv").write_text(names.replace("p7,", "p6,"))
    out.unlink()
    assert main(["plan", "workshops", *files, "--out", str(out)]) == 2
    assert not out.exists()
    assert "p6" in capsys.readouterr().err
