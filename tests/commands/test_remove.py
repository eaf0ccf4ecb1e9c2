"""An imported session is taken out again; another one is not."""

from __future__ import annotations

from tests.commands.test_replay import CAFE, fabrique

ENGLISH = "en_GB.UTF-8"


def test_an_import_is_taken_back_once(tmp_path):
    data = tmp_path / "data"
    assert fabrique("replay", CAFE, "--out", tmp_path / "out").returncode == 0
    code = fabrique("import", tmp_path / "out" / "archive.json", data=data).stdout.strip()
    done = fabrique("remove", code, data=data)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    again = fabrique("remove", code, data=data, language=ENGLISH)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"fabrique remove: No session has the code {code}.\n"
