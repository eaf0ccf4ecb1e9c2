from __future__ import annotations

from tests.commands.test_replay import CAFE, fabrique


def test_an_imported_session_gets_a_console_link(tmp_path):
    assert fabrique("replay", CAFE, "--out", tmp_path / "out").returncode == 0
    taken = fabrique("import", tmp_path / "out" / "archive.json", data=tmp_path / "data")
    code = taken.stdout.strip()
    link = fabrique("console", code, "--url", "http://x.test", data=tmp_path / "data")
    assert (link.returncode, link.stderr) == (0, "")
    assert link.stdout.startswith("http://x.test/enter/")


def test_an_unknown_session_has_no_console(tmp_path):
    done = fabrique("console", "ZZZZZZ", data=tmp_path / "data", fresh=True)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
