"""A grid of wishes: against every possible programme, an independent reader, impossible ones."""

import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.__main__ import main
from fabrique.domain.solution import Clocked, Impossible, Status
from fabrique.domain.text import Invalid
from fabrique.solvers import programme


def watch(seconds=300.0):
    return Clocked(time.monotonic, seconds, time.monotonic())


def made(people, items, slots, rooms, wishes, seed=6):
    """A document whose first items are wished for most."""
    chance = random.Random(seed)
    names = [f"i{n}" for n in range(items)]
    return {
        "format": "fabrique.programme/1",
        "slots": [{"id": f"s{n}"} for n in range(slots)],
        "rooms": [{"id": f"r{n}"} for n in range(rooms)],
        "items": [{"id": name} for name in names],
        "wishes": {
            f"p{n}": sorted(names, key=lambda one: chance.random() * (2 + int(one[1:])))[:wishes]
            for n in range(people)
        },
    }


def read(document):
    return programme.read(json.dumps(document).encode(), "programme.json")


def solved(document, seed=1):
    return programme.KIND.solve(read(document), seed, watch())


def judged(document, placed):
    """What a plan loses and how many items it moves, by the rules of the document alone."""
    items = {one["id"]: one for one in document["items"]}
    where = {one["item"]: one for one in placed}
    assert sorted(one["item"] for one in placed) == sorted(items)
    assert len({(one["slot"], one["room"]) for one in placed}) == len(placed)
    seats = {one["id"]: one.get("seats") for one in document["rooms"]}
    moved = 0
    for name, item in items.items():
        slot, room = where[name]["slot"], where[name]["room"]
        assert slot in {one["id"] for one in document["slots"]}
        assert slot in item.get("slots", [slot])
        assert room in item.get("rooms", [room])
        assert (seats[room] or 10**9) >= item.get("seats", 0)
        assert not item.get("fixed") or slot == item["slot"]
        moved += "slot" in item and item["slot"] != slot
        for voice in item.get("voices", []):
            assert slot not in document.get("unavailable", {}).get(voice["id"], [])
            for other, theirs in items.items():
                if other != name and voice in theirs.get("voices", []):
                    assert where[other]["slot"] != slot
    lost = 0
    for wished in document["wishes"].values():
        for slot in {where[name]["slot"] for name in wished}:
            lost += sum(where[name]["slot"] == slot for name in wished) - 1
    return lost, moved


def least(document):
    """The least cost of every programme there is; None where there is none."""
    names = [one["id"] for one in document["items"]]
    cells = [(s["id"], r["id"]) for s in document["slots"] for r in document["rooms"]]
    best = None
    for chosen in itertools.permutations(cells, len(names)):
        placed = [
            {"item": n, "slot": s, "room": r} for n, (s, r) in zip(names, chosen, strict=True)
        ]
        try:
            lost, moved = judged(document, placed)
        except AssertionError:
            continue
        cost = lost + document.get("change", 0) * moved
        best = cost if best is None else min(best, cost)
    return best


def rules(document, seed):
    """Give it speakers, absences, seats, rooms wanted, and a programme that was published."""
    chance = random.Random(seed)
    slots = [one["id"] for one in document["slots"]]
    for one in document["rooms"]:
        one["seats"] = chance.choice([None, 10, 30])
    for one in document["items"]:
        if chance.random() < 0.5:
            one["voices"] = [{"id": chance.choice("xyz")}]
        if chance.random() < 0.3:
            one["seats"] = chance.choice([5, 20])
        if chance.random() < 0.2:
            one["rooms"] = [chance.choice(document["rooms"])["id"]]
        if chance.random() < 0.6:
            one["slot"] = chance.choice(slots)
            one["fixed"] = chance.random() < 0.2
    spoken = sorted({v["id"] for one in document["items"] for v in one.get("voices", [])})
    document["unavailable"] = {who: [chance.choice(slots)] for who in spoken[:1]}
    document["change"] = chance.choice([0, 1, 2])
    return document


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(6, 3, 2), (5, 3, 2), (4, 2, 2), (6, 2, 3)]))
def test_nothing_loses_less(seed, shape):
    document = made(12, *shape, 3, seed)
    solution = solved(document)
    assert judged(document, solution.body["placed"]) == (solution.value["lost"], 0)
    assert solution.value["lost"] == least(document) == solution.bound["lost"]
    assert solution.status is Status.PROVED


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(5, 3, 2), (4, 2, 2), (4, 3, 2)]))
def test_nothing_loses_less_under_rules(seed, shape):
    document = rules(made(9, *shape, 3, seed), seed)
    best = least(document)
    if best is None:
        with pytest.raises(Impossible):
            solved(document)
        return
    solution = solved(document)
    lost, moved = judged(document, solution.body["placed"])
    assert lost + document["change"] * moved == best
    assert solution.value == (
        {"lost": lost, "moved": moved, "cost": best} if document["change"] else {"lost": best}
    )
    assert solution.status is Status.PROVED


def test_twenty_four_sessions_are_proved_and_a_seed_gives_one_plan():
    document = made(100, 24, 6, 4, 5)
    first, second = solved(document), solved(document)
    assert first.body == second.body
    # Golden: the same on any machine.
    written = json.dumps(first.body, sort_keys=True).encode()
    assert hashlib.sha256(written).hexdigest()[:16] == "78f9acdf3f627261"
    assert first.status is Status.PROVED
    assert first.bound["lost"] == first.value["lost"] == judged(document, first.body["placed"])[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"items": [{"id": f"i{n}"} for n in range(9)], "wishes": {}}, "9 items for 6 places"),
        (
            {"items": [{"id": f"i{n}", "voices": [{"id": "zoe"}]} for n in range(4)], "wishes": {}},
            "zoe speaks in 4 items",
        ),
        (
            {
                "items": [{"id": "i0", "voices": [{"id": "zoe"}]}],
                "unavailable": {"zoe": ["s0", "s1", "s2"]},
                "wishes": {},
            },
            "“i0” has no slot",
        ),
        (
            {
                "items": [{"id": "i0", "seats": 50}],
                "rooms": [{"id": "r0", "seats": 9}],
                "wishes": {},
            },
            "“i0”",
        ),
        (
            {"items": [{"id": f"i{n}", "slots": ["s1"]} for n in range(3)], "wishes": {}},
            "Only “s1” suits i0, i1, i2",
        ),
    ],
)
def test_what_cannot_be_is_named(change, said):
    with pytest.raises(Impossible) as refused:
        solved(made(3, 4, 3, 2, 2) | change)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "fabrique.programme/2"},
        {"items": []},
        {"rooms": []},
        {"slots": []},
        {"items": [{"id": "i0"}, {"id": "i0"}]},
        {"wishes": {"p": ["nothing"]}},
        {"unavailable": {"nobody": ["s0"]}},
        {"items": [{"id": "i0", "slot": "s9"}]},
        {"items": [{"id": "i0", "rooms": ["r9"]}]},
        {"items": [{"id": "i0", "fixed": True}]},
        {"items": [{"id": "i0", "starts_at": "tomorrow"}]},
        {"change": -1},
    ],
)
def test_a_document_that_contradicts_itself_is_refused(change):
    with pytest.raises(Invalid):
        read({**made(3, 4, 3, 2, 2), "wishes": {}, **change})


def test_a_programme_that_was_published_gives_the_slots():
    document = made(3, 4, 3, 2, 2)
    del document["slots"]
    for n, one in enumerate(document["items"]):
        one |= {
            "starts_at": f"2026-12-01T1{n % 2}:00:00+01:00",
            "minutes": 60,
            "room": f"r{n // 2}",
        }
    assert len(read(document).slots) == 2
    document["items"][0]["minutes"] = 90
    with pytest.raises(Invalid, match="i0"):
        read(document)


def test_a_document_cut_short_is_refused(tmp_path, capsys):
    whole = json.dumps(made(2, 4, 2, 2, 2), indent=1).splitlines()
    path, out = tmp_path / "programme.json", tmp_path / "plan.json"
    for n in range(0, len(whole), 5):
        path.write_text("\n".join(whole[:n]))
        assert main(["plan", "programme", str(path), "--out", str(out)]) == 2
        assert not out.exists()
    assert "programme.json" in capsys.readouterr().err


def test_a_changed_plan_is_refused():
    document = made(9, 5, 3, 2, 3)
    for item in document["items"][:2]:
        item["voices"] = [{"id": "zoe"}]
    problem = read(document)
    solution = programme.KIND.solve(problem, 1, watch())
    placed = solution.body["placed"]
    assert programme.KIND.check(problem, solution) == []
    swapped = [placed[0] | {"slot": placed[1]["slot"], "room": placed[1]["room"]}, *placed[1:]]
    for other in (placed[1:], [*placed, placed[0]], swapped):
        wrong = type(solution)(
            **{
                name: getattr(solution, name)
                for name in solution.__struct_fields__
                if name != "body"
            },
            body={"placed": other},
        )
        assert programme.KIND.check(problem, wrong)


def test_kernels_run_without_a_compiler():
    code = """if True:
        import json, time
        from fabrique.domain.solution import Clocked
        from fabrique.solvers import programme
        from fabrique.solvers.programme.grid import search
        search.STARTS, search.STEPS, search.MOVES = 1, 24, 20
        document = {"format": "fabrique.programme/1", "slots": [{"id": "a"}, {"id": "b"}],
            "rooms": [{"id": "x"}, {"id": "y"}], "items": [{"id": str(n)} for n in range(4)],
            "wishes": {"p": ["0", "1"], "q": ["0", "1"], "r": ["2", "3"], "s": ["1", "2"]}}
        problem = programme.read(json.dumps(document).encode(), "x.json")
        solution = programme.KIND.solve(problem, 1, Clocked(time.monotonic, 60, time.monotonic()))
        print(solution.value["lost"], solution.status)
    """
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "proved"]
