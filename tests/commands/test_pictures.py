from __future__ import annotations

import json

from tests.commands.test_replay import CAFE, fabrique
from tests.data.dot import DOT


def played(tmp_path, src):
    script = json.loads(CAFE.read_text(encoding="utf-8"))
    script["steps"][0]["image"] = {"src": src, "alt": "Le plan de la salle"}
    (tmp_path / "script.json").write_text(json.dumps(script), encoding="utf-8")
    return fabrique("replay", tmp_path / "script.json", "--out", tmp_path / "out")


def test_a_picture_beside_the_script_is_in_the_archive_and_the_report(tmp_path):
    (tmp_path / "plan.png").write_bytes(DOT)
    assert played(tmp_path, "plan.png").returncode == 0
    for name in ("archive.json", "report.html"):
        assert "data:image/png;base64," in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_a_picture_that_is_not_there_is_its_words(tmp_path):
    for src in ("none.png", "../../etc/passwd", "x" * 2000):
        done = played(tmp_path, src)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Le plan de la salle" in (tmp_path / "out/report.html").read_text(encoding="utf-8")


def test_a_file_that_is_no_picture_is_refused(tmp_path):
    (tmp_path / "plan.png").write_bytes(b"<svg/>")
    done = played(tmp_path, "plan.png")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "out").exists()
