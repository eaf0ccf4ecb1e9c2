"""Pairs: against every possible plan, an independent reader, and tables that lie."""

import csv
import io
import itertools
import json
import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.__main__ import main
from fabrique.domain.solution import Clocked, Impossible, Status
from fabrique.domain.text import Invalid
from fabrique.solvers import pairs
from fabrique.solvers.pairs.matching import across_structures

HEAD = "id,interests,structure,capacity\n"


def watch(seconds=20.0):
    return Clocked(time.monotonic, seconds, time.monotonic())


def made(*tables):
    problem = pairs.read(*((one.encode(), f"{n}.csv") for n, one in enumerate(tables, 1)))
    return pairs.KIND.solve(problem, 1, watch())


def table(seed, prefix, people, structures=4, most=1):
    chance = random.Random(seed)
    rows = [
        f"{prefix}{n},{'|'.join(chance.sample('abcdefgh', chance.randint(0, 4)))},"
        f"{chance.choice(['', *map(str, range(structures))])},{chance.randint(1, most)}"
        for n in range(people)
    ]
    return HEAD + "".join(f"{row}\n" for row in rows)


def rows(text):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


def worth(one, other):
    """What FORMATS says of two rows, read anew."""
    shared = {*filter(None, one["interests"].split("|"))} & {*other["interests"].split("|")}
    same = one["structure"] and one["structure"] == other["structure"]
    return len(shared) - (1_000_000 if same else 0)


def best_between(mentors, newcomers):
    """The greatest score of every full assignment."""
    seats = [m for m in rows(mentors).values() for _ in range(int(m["capacity"]))]
    people = list(rows(newcomers).values())
    few, many = sorted((seats, people), key=len)
    return max(
        sum(worth(one, other) for one, other in zip(few, chosen, strict=True))
        for chosen in itertools.permutations(many, len(few))
    )


def best_inside(people):
    """The greatest score of as many pairs as there can be, in one population of ones."""

    def go(left):
        if len(left) < 2:
            return 0
        first, rest = left[0], left[1:]
        found = [worth(first, one) + go([o for o in rest if o is not one]) for one in rest]
        if len(left) % 2:
            found.append(go(rest))
        return max(found)

    return go(list(rows(people).values()))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 5))
def test_no_pairs_of_mentors_and_newcomers_are_better(seed, mentors, newcomers):
    tables = table(seed, "m", mentors, 2, 2), table(seed + 1, "n", newcomers, 2)
    solution = made(*tables)
    assert solution.value["score"] == best_between(*tables)
    assert solution.status is Status.PROVED
    first, second = map(rows, tables)
    assert (
        sum(worth(first[a], second[b]) for a, b in solution.body["pairs"])
        == (solution.value["score"])
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(1, 4))
def test_no_pairs_inside_one_population_are_better(seed, people, structures):
    names = table(seed, "p", people, structures)
    solution = made(names)
    assert solution.value["score"] == best_inside(names)
    assert solution.status is Status.PROVED


def test_what_one_brings_and_the_other_seeks_counts_and_distance_costs():
    mentors = "id,interests,brings,territory\nm,x,law|sound,north\n"
    newcomers = "id,interests,seeks,territory\na,,law|sound,south\nb,x,,north\n"
    assert made(mentors, newcomers).body["pairs"] == [["m", "b"]] or (
        made(mentors, newcomers).value["score"] == 1
    )
    closer = newcomers.replace("south", "")
    assert made(mentors, closer).body["pairs"] == [["m", "a"]]
    assert made(mentors, closer).value["score"] == 2


def test_one_structure_is_paired_only_where_it_must_be_and_said():
    solution = made(HEAD + "a,x,s,1\nb,x,s,1\nc,,t,1\nd,,s,1\n")
    assert solution.value["score"] == 1 - 1_000_000
    assert "structure" in solution.explain[0].msgid
    assert made(HEAD + "m,x,s,1\n", HEAD + "n,x,s,1\n").value["score"] == 1 - 1_000_000


def test_several_pairs_of_one_person_are_with_several_people():
    solution = made(HEAD + "a,x,,2\nb,x,,2\nc,x,,2\nd,,,1\n")
    assert len(solution.body["pairs"]) == 3
    assert solution.status is Status.PROVED
    load = Counter(name for pair in solution.body["pairs"] for name in pair)
    assert max(load.values()) <= 2


def test_without_time_to_look_there_are_pairs_all_the_same():
    problem = pairs.read((table(1, "p", 40).encode(), "p"))
    found = across_structures(problem.mentors, [1] * 40)
    assert sorted(itertools.chain(*found)) == list(range(40))
    assert not any(
        problem.mentors[a].structure
        and problem.mentors[a].structure == problem.mentors[b].structure
        for a, b in found
    )


@pytest.mark.parametrize(
    ("mentors", "where"),
    [
        ("", "1.csv"),
        (HEAD, "1.csv"),
        (HEAD + ",x,s,1\n", "1.csv:2"),
        (HEAD + "a,x,s,1\na,x,s,1\n", "1.csv:3"),
        (HEAD + "a,x,s,some\n", "1.csv:2"),
        (HEAD + "a,x\n", "1.csv:2"),
        ("name,interests\na,x\n", "1.csv"),
    ],
)
def test_a_table_that_lies_is_refused_with_its_line(mentors, where):
    with pytest.raises(Invalid) as refused:
        made(mentors, HEAD + "n,x,s,1\n")
    assert refused.value.where == where


def test_what_cannot_be_is_named():
    with pytest.raises(Impossible):
        made(HEAD + "m,x,s,0\n", HEAD + "n,x,s,1\n")
    with pytest.raises(Impossible, match="“a”"):
        made(HEAD + "a,x,s,1\n")


def test_a_changed_plan_is_refused():
    tables = table(1, "m", 6, 3, 2), table(2, "n", 7, 3)
    problem = pairs.read(*((one.encode(), "t") for one in tables))
    solution = pairs.KIND.solve(problem, 1, watch())
    had = solution.body["pairs"]
    for other in (had[1:], [*had, had[0]], [["m0", "stranger"], *had[1:]], [had[0], *had[:-1]]):
        wrong = type(solution)(
            **{
                name: getattr(solution, name)
                for name in solution.__struct_fields__
                if name != "body"
            },
            body={"pairs": other},
        )
        assert pairs.KIND.check(problem, wrong)


def test_the_command_writes_a_plan_that_others_read(tmp_path, capsys):
    tables = table(1, "m", 30, 9, 2), table(2, "n", 40, 9)
    files = [tmp_path / "mentors.csv", tmp_path / "newcomers.csv"]
    for path, content in zip(files, tables, strict=True):
        path.write_text(content)
    out = tmp_path / "plan.json"
    assert main(["plan", "pairs", *map(str, files), "--out", str(out)]) == 0
    plan = json.loads(out.read_text())
    first, second = map(rows, tables)
    assert plan["value"]["score"] == sum(worth(first[a], second[b]) for a, b in plan["pairs"])
    assert plan["bound"] == plan["value"]
    out.unlink()
    files[0].write_text(HEAD + "m,x,s,0\n")
    assert main(["plan", "pairs", *map(str, files), "--out", str(out)]) == 3
    assert not out.exists()
    assert "mentor" in capsys.readouterr().err
