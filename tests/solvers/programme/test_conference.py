"""Conferences of CoSPLib, judged anew from the workbook and the plan by the rules as published."""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from fabrique.__main__ import main
from fabrique.domain.solution import Clocked, Impossible
from fabrique.domain.text import Invalid
from fabrique.solvers import programme
from tests.solvers.programme.referee import Referee
from tests.solvers.programme.small import sheets, workbook

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "grouping" / "cosplib"
PUBLISHED = {"N2OR": 2, "GECCO19": 1_000_116, "GECCO21": 11_130, "OR60F": 433}
OTHERS = ("GECCO22", "GECCO20Workshop", "GECCO22Workshop", "ISF22")
there = pytest.mark.skipif(not FOLDER.exists(), reason="the public conferences are not at hand")


def watch(seconds=300.0):
    return Clocked(time.monotonic, seconds, time.monotonic())


def published(referee, path):
    """The entries of a published solution."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    rows, placed = rows[len(referee.sessions) + 2 :], []
    for session in referee.sessions:
        for index in range(1, referee.slots[session] + 1):
            for room, cell in zip(referee.rooms, rows.pop(0)[1:], strict=False):
                if str(cell).strip():
                    placed.append(
                        {"item": str(cell).strip(), "slot": f"{session} {index}", "room": room}
                    )
    return placed


@there
@pytest.mark.parametrize("name", PUBLISHED)
def test_the_referee_gives_the_published_values(name):
    referee = Referee((FOLDER / f"{name}.xlsx").read_bytes())
    found = [
        referee.judge(published(referee, FOLDER / f"{name}.solution-{kind}.xlsx"))
        for kind in ("exact", "extended")
    ]
    assert min(found) == PUBLISHED[name]


@there
@pytest.mark.parametrize(
    "name",
    ["N2OR", *(pytest.param(one, marks=pytest.mark.long) for one in (*PUBLISHED, *OTHERS)[1:])],
)
def test_a_public_conference_is_no_worse_than_published(name, tmp_path):
    out = tmp_path / "plan.json"
    path = FOLDER / f"{name}.xlsx"
    assert main(["plan", "programme", str(path), "--out", str(out)]) == 0
    plan = json.loads(out.read_text())
    assert Referee(path.read_bytes()).judge(plan["placed"]) == plan["value"]["lost"]
    assert plan["bound"]["lost"] <= plan["value"]["lost"] <= PUBLISHED.get(name, float("inf"))


def every(referee):
    """The best of every programme of the small conference, packed from the first slot."""
    cells = [(s, r) for s in referee.sessions for r in referee.rooms]
    best = None

    def go(names, rows):
        nonlocal best
        if not names:
            placed = []
            for (session, room), row in rows.items():
                index = 0
                for name in row:
                    for _ in range(referee.subs[name]["need"]):
                        index += 1
                        placed.append({"item": name, "slot": f"{session} {index}", "room": room})
            value = referee.judge(placed)
            best = value if best is None else min(best, value)
            return
        name = names[0]
        for cell in cells:
            row = rows.get(cell, [])
            if any(referee.subs[one]["track"] != referee.subs[name]["track"] for one in row):
                continue
            if sum(referee.subs[one]["need"] for one in [*row, name]) > referee.slots[cell[0]]:
                continue
            for place in range(len(row) + 1):
                go(names[1:], rows | {cell: [*row[:place], name, *row[place:]]})

    go(list(referee.subs), {})
    return best


def test_a_small_conference_is_the_best_there_is_and_a_seed_gives_one_plan():
    content = workbook(sheets())
    instance = programme.read(content, "small.xlsx")
    first, second = (programme.KIND.solve(instance, 1, watch()) for _ in range(2))
    assert first.body == second.body
    # Golden: the same on any machine.
    written = json.dumps(first.body, sort_keys=True).encode()
    assert hashlib.sha256(written).hexdigest()[:16] == "8880084adf147497"
    referee = Referee(content)
    assert referee.judge(first.body["placed"]) == first.value["lost"] == every(referee)
    assert first.explain


def test_kernels_run_without_a_compiler_and_cost_the_same(tmp_path):
    path = tmp_path / "small.xlsx"
    path.write_bytes(workbook(sheets()))
    code = f"""if True:
        import time
        from pathlib import Path
        from fabrique.domain.solution import Clocked
        from fabrique.solvers import programme
        from fabrique.solvers.programme.conference import search
        search.STARTS, search.STEPS = 1, 60
        instance = programme.read(Path({str(path)!r}).read_bytes(), "small.xlsx")
        solution = programme.KIND.solve(instance, 1, Clocked(time.monotonic, 60, time.monotonic()))
        print(solution.value["lost"])
    """
    found = set()
    for off in ("0", "1"):
        environment = {**os.environ, "NUMBA_DISABLE_JIT": off}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_a_changed_plan_is_refused():
    instance = programme.read(workbook(sheets()), "small.xlsx")
    solution = programme.KIND.solve(instance, 1, watch())
    placed = solution.body["placed"]
    assert programme.KIND.check(instance, solution) == []
    for other in (
        placed[1:],
        [*placed, placed[0]],
        [placed[0] | {"index": 9}, *placed[1:]],
        [
            placed[0] | {"room": next(r for r in ("Big", "Small") if r != placed[0]["room"])},
            *placed[1:],
        ],
    ):
        wrong = type(solution)(
            **{
                name: getattr(solution, name)
                for name in solution.__struct_fields__
                if name != "body"
            },
            body={"placed": other},
        )
        assert programme.KIND.check(instance, wrong)


def broken(name, row, column, value):
    found = sheets()
    found[name] = [list(one) for one in found[name]]
    found[name][row][column] = value
    return found


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (broken("submissions", 2, 1, "Nothing"), "submissions!B3"),
        (broken("submissions", 2, 2, 0.5), "submissions!C3"),
        (broken("submissions", 2, 0, "a"), "submissions!A3"),
        (broken("submissions", 2, 4, "noon"), "submissions!E3"),
        (broken("submissions", 2, 7, "many"), "submissions!H3"),
        (broken("submissions", 0, 7, "Wed"), "submissions!H1"),
        (broken("sessions", 1, 1, 0), "sessions!B2"),
        (broken("sessions", 1, 3, "early"), "sessions!D2"),
        (broken("parameters", 5, 4, "heavy"), "parameters!E6"),
        (broken("similar tracks", 0, 2, "W"), "similar tracks!A1"),
        (sheets(rooms=None), "small.xlsx"),
        (sheets(rooms=[["Rooms"]]), "rooms!A2"),
    ],
)
def test_a_workbook_that_lies_is_refused_with_its_cell(found, where):
    with pytest.raises(Invalid) as refused:
        programme.read(workbook(found), "small.xlsx")
    assert refused.value.where == where


def test_a_workbook_cut_short_is_refused(tmp_path, capsys):
    content = workbook(sheets())
    path, out = tmp_path / "small.xlsx", tmp_path / "plan.json"
    for length in range(0, len(content), 997):
        path.write_bytes(content[:length])
        assert main(["plan", "programme", str(path), "--out", str(out)]) == 2
        assert not out.exists()
    assert "small.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(("row", "need", "said"), [(1, 2, "7 slots"), (3, 3, "“c” needs 3")])
def test_what_cannot_be_is_named(row, need, said):
    found = broken("submissions", row, 2, need)
    if need == 2:
        found["sessions"] = [
            [*one[:1], 1, *one[2:]] if one[0] == "Mon" else one for one in found["sessions"]
        ]
        found["rooms"] = found["rooms"][:2]
        for name in ("tracks_rooms|penalty", "sessions_rooms|penalty"):
            found[name] = [one[:2] for one in found[name]]
        found["submissions"] = [one[:10] for one in found["submissions"]]
    with pytest.raises(Impossible) as refused:
        programme.KIND.solve(programme.read(workbook(found), "small.xlsx"), 1, watch())
    assert said in str(refused.value)
