"""Plans of tables as a person at a terminal gets them, judged by the public forms alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fabrique.__main__ import main
from tests.commands.test_replay import fabrique
from tests.solvers.tables.judge import faults, people_of, repeats_of

DATA = Path(__file__).parents[2] / "data"
HUNDRED = DATA / "people-100.csv"
MIX = {"trade": 3, "level": 2, "territory": 2, "since": 2}
MIXED = ("--mix", ",".join(f"{name}={weight}" for name, weight in MIX.items()))


def crowd(folder, count):
    file = folder / f"{count}.csv"
    file.write_text("id\n" + "".join(f"p{n}\n" for n in range(count)))
    return file


def plan(file, *options, out):
    done = fabrique("plan", "tables", file, *options, "--seconds", 200, "--out", out, language="en")
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text(encoding="utf-8")), done.stderr


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    out = tmp_path_factory.mktemp("plan") / "plan.json"
    return out, *plan(HUNDRED, "--tables", 11, "--rounds", 6, *MIXED, out=out)


def test_a_hundred_people_at_eleven_tables_meet_once_and_mix(mixed):
    out, made, said = mixed
    assert faults(HUNDRED, out, 11, 6, MIX) == []
    assert made["value"]["repeats"] == 0
    assert made["value"]["mix"] <= 1.06 * made["bound"]["mix"]
    assert said.startswith("Nobody meets twice; the mix is ")


def test_a_plan_that_was_changed_by_hand_is_found_out(mixed, tmp_path):
    made = json.loads(mixed[0].read_text(encoding="utf-8"))
    first, second = made["rounds"][0][:2]
    first[0], second[0] = second[0], first[0]
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(made))
    assert {"repeats", "mix"} & set(faults(HUNDRED, changed, 11, 6, MIX))
    made["rounds"][0][0].pop()
    changed.write_text(json.dumps(made))
    assert "people" in faults(HUNDRED, changed, 11, 6, MIX)


@pytest.mark.parametrize(
    ("people", "tables", "rounds", "most"),
    [
        (20, 5, 4, 0),
        (32, 8, 5, 0),
        (32, 8, 9, 0),
        (36, 6, 3, 0),
        (36, 6, 4, 2),
        (30, 3, 4, 120),
        (60, 10, 6, 0),
        (100, 20, 6, 0),
        (100, 17, 8, 0),
        (100, 10, 4, 0),
        (100, 10, 5, 26),
        (100, 10, 6, 80),
        (840, 84, 8, 0),
        (840, 140, 8, 0),
    ],
)
def test_known_rooms(tmp_path, people, tables, rounds, most):
    file, out = crowd(tmp_path, people), tmp_path / "plan.json"
    figures = ("--tables", tables, "--rounds", rounds, "--seconds", 200, "--out", out)
    assert main(["plan", "tables", str(file), *map(str, figures)]) == 0
    made = json.loads(out.read_text(encoding="utf-8"))
    assert faults(file, out, tables, rounds) == []
    assert made["value"]["repeats"] <= most


def test_a_size_gives_as_few_tables_as_hold_everybody(tmp_path):
    file, out = crowd(tmp_path, 23), tmp_path / "plan.json"
    plan(file, "--size", 5, "--rounds", 3, out=out)
    assert faults(file, out, 5, 3) == []


def test_more_tables_are_proposed_where_they_spare_every_repeat(tmp_path):
    out = tmp_path / "plan.json"
    made, _ = plan(crowd(tmp_path, 100), "--tables", 10, "--rounds", 5, out=out)
    assert made["explain"][-1] == "With 11 tables instead of 10, nobody would meet twice."
    again = [one for one in made["explain"] if "meet again" in one]
    assert len(again) == made["value"]["repeats"] == repeats_of(made["rounds"])


def test_wishes_are_kept(tmp_path):
    for name, text in {
        "apart": "q001,q002\nq001,q003\n",
        "together": "q020,q021\nq021,q022\n",
        "hosts": "id,table\nq040,1\nq041,3\n",
    }.items():
        (tmp_path / name).write_text(text)
    options = [
        part for one in ("apart", "together", "hosts") for part in (f"--{one}", tmp_path / one)
    ]
    out = tmp_path / "plan.json"
    made, _ = plan(HUNDRED, "--tables", 10, "--rounds", 4, *options, out=out)
    assert faults(HUNDRED, out, 10, 4) == []
    for tables in made["rounds"]:
        at = {one: n for n, table in enumerate(tables, 1) for one in table}
        assert at["q001"] not in (at["q002"], at["q003"])
        assert at["q020"] == at["q021"] == at["q022"]
        assert (at["q040"], at["q041"]) == (1, 3)


def test_hosts_and_apart_leave_a_design_whole(tmp_path):
    (tmp_path / "hosts").write_text("".join(f"q{n:03},{n}\n" for n in range(1, 12)))
    (tmp_path / "apart").write_text("q050,q051\nq050,q052\n")
    out = tmp_path / "plan.json"
    options = ("--hosts", tmp_path / "hosts", "--apart", tmp_path / "apart")
    made, _ = plan(HUNDRED, "--tables", 11, "--rounds", 6, *options, out=out)
    assert faults(HUNDRED, out, 11, 6) == []
    assert made["value"]["repeats"] == 0
    assert all(f"q{n:03}" in turn[n - 1] for turn in made["rounds"] for n in range(1, 12))
    assert not any("apart" in one for one in made["explain"])


def test_who_left_and_who_is_late_change_few_seats(mixed, tmp_path):
    before, made, _ = mixed
    gone = sorted(people_of(HUNDRED))[:8]
    (tmp_path / "absent").write_text("\n".join(gone))
    late = [f"n{n},direction,expert,Bretagne,nouveau" for n in range(8)]
    (tmp_path / "late").write_text("id,trade,level,territory,since\n" + "\n".join(late))
    options = ("--locked", before, "--played", 2, "--absent", tmp_path / "absent")
    out = tmp_path / "again.json"
    again, _ = plan(HUNDRED, *MIXED, *options, "--late", tmp_path / "late", out=out)
    assert again["rounds"][:2] == made["rounds"][:2]
    for turn in again["rounds"][2:]:
        there = {one for table in turn for one in table}
        assert not there & set(gone)
        assert there >= {f"n{n}" for n in range(8)}
    assert repeats_of(again["rounds"]) == again["value"]["repeats"] <= made["value"]["repeats"]
    assert len(again["moved"]) <= 3 * len(gone)
