import csv
from copy import deepcopy

import pytest

from fabrique.__main__ import main
from tests.solvers.meetings.judge import PUBLIC, judge, read

pytest.importorskip("numba", reason="the extra [solvers] is not installed")
pytest.importorskip("ortools", reason="the extra [solvers] is not installed")
FILES = sorted(PUBLIC.glob("b2bsp/*.dzn"))
absent = pytest.mark.skipif(not FILES, reason="the public instances do not lie beside the project")
QUICK = ["forum-13.original", "forumt-14.original", "tic-12.original", "tic-13.forb0007"]


def known(name):
    with (PUBLIC / "b2bsp_best_known.csv").open() as file:
        return next(row for row in csv.DictReader(file) if row["instance"] == name)


def planned(name, tmp_path, seconds):
    out = tmp_path / "plan.json"
    path = PUBLIC / "b2bsp" / f"{name}.dzn"
    code = main(["plan", "meetings", str(path), "--out", str(out), "--seconds", str(seconds)])
    return code, path, out


@absent
@pytest.mark.parametrize("name", QUICK)
def test_an_instance_is_planned_as_well_as_anybody_could(name, tmp_path, capsys):
    code, path, out = planned(name, tmp_path, 60)
    best = known(name)
    if best["status"] == "infeasible":
        assert code == 3
        assert not out.exists()
        assert "18" in capsys.readouterr().err
        return
    plan = read(out)
    assert judge(path, plan) == []
    assert plan["value"]["gaps"] == int(best["idle_gaps"])
    assert plan["status"] == "proved"


@absent
@pytest.mark.long
@pytest.mark.parametrize(
    "path", [one for one in FILES if one.stem not in QUICK], ids=lambda p: p.stem
)
def test_every_instance_gets_a_valid_plan_within_its_bound(path, tmp_path):
    code, path, out = planned(path.stem, tmp_path, 60)
    assert code == 0
    plan = read(out)
    assert judge(path, plan) == []
    assert plan["bound"]["gaps"] <= int(known(path.stem)["idle_gaps"]) <= plan["value"]["gaps"]


@absent
def test_the_judge_refuses_a_plan_that_was_tampered_with(tmp_path):
    _, path, out = planned("tic-12.original", tmp_path, 60)
    plan = read(out)
    first, second = plan["meetings"][:2]
    for change in (
        {"index": second["index"]},
        {"slot": first["slot"] % 8 + 1},
        {"table": 22},
    ):
        other = deepcopy(plan)
        other["meetings"][0] |= change
        assert judge(path, other)
    assert judge(path, plan | {"value": {"gaps": 1}})
