"""From a script to the four files, as a person at a terminal sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.prepared import begin

HERE = Path(__file__).parent
CAFE = HERE.parent / "data" / "cafe.json"
FILES = ("archive.json", "results.json", "report.html", "report.pdf")


def fabrique(
    *arguments: object,
    data: Path | None = None,
    language: str = "fr_FR.UTF-8",
    fresh: bool = False,
):
    """Run a command; on tables that were made before, unless it is to make them itself."""
    environment = os.environ | {"LC_ALL": language}
    if data:
        environment["FABRIQUE_DATA"] = str(data)
        if not fresh and not data.exists():
            begin(data)
    command = [sys.executable, "-m", "fabrique", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def cafe(tmp_path_factory):
    out = tmp_path_factory.mktemp("cafe")
    done = fabrique("replay", CAFE, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.fixture(scope="module")
def results(cafe):
    return json.loads((cafe / "results.json").read_text(encoding="utf-8"))


def step(results, name):
    return next(one for one in results["steps"] if one["id"] == name)


def question(results, name, which):
    return next(one for one in step(results, name)["questions"] if one["id"] == which)


def test_replay_writes_four_files_and_nothing_else(cafe):
    assert sorted(path.name for path in cafe.iterdir()) == sorted(FILES)


def test_the_cafe_gives_every_figure_its_script_expects(results):
    expected = json.loads(CAFE.read_text(encoding="utf-8"))["expected"]
    defi, avis = step(results, "defi"), step(results, "avis")
    board, u2, u3 = (
        step(results, "rapport"),
        question(results, "usages", "u2"),
        question(results, "usages", "u3"),
    )
    assert results["participants"] == expected["participants"]
    assert defi["winners"] == [expected["defi"]["winner"]]
    for key in ("seconds", "attempts", "answered", "participation_percent"):
        assert defi[key] == expected["defi"][key]
    assert step(results, "notoriete")["answered"] == expected["notoriete"]["answered"]
    assert len(step(results, "notoriete")["questions"]) == expected["notoriete"]["questions"]
    assert step(results, "mot")["entries"] == expected["mot"]["entries"]
    assert board["answered"] == expected["rapport"]["people"]
    assert sum(len(c["cards"]) for c in board["columns"]) == expected["rapport"]["ideas"]
    assert len(step(results, "enjeux")["ideas"]) == expected["enjeux"]["ideas"]
    assert step(results, "usages")["answered"] == expected["usages"]["answered"]
    assert len(step(results, "usages")["questions"]) == expected["usages"]["questions"]
    for mine, theirs in ((u2, expected["usages"]["u2"]), (u3, expected["usages"]["u3"])):
        assert mine["counts"] == theirs["counts"]
        assert mine["answered"] == theirs["n"]
        assert mine["percent"] == theirs["percent"]
    assert question(results, "usages", "u5")["order"] == expected["usages"]["u5"]["order"]
    assert question(results, "usages", "u6")["mean"] == expected["usages"]["u6"]["mean"]
    assert (avis["answered"], avis["joined"], avis["mean"]) == (
        expected["avis"]["n"],
        expected["avis"]["of"],
        expected["avis"]["mean"],
    )
    assert results["messages"] == expected["messages"]
    assert results["slides"] == expected["slides"]


SLOW = {"asyncio", "django", "email", "http", "ssl", "unittest", "uvicorn"}
LOADED = "import sys; from fabrique.__main__ import main; main(); print(*sys.modules)"


def test_a_replay_loads_neither_django_nor_a_server(tmp_path):
    command = [sys.executable, "-c", LOADED, "replay", str(CAFE), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {name.split(".")[0] for name in done.stdout.split()} & SLOW == set()


def test_the_same_script_gives_the_same_bytes(cafe, tmp_path):
    assert fabrique("replay", CAFE, "--out", tmp_path).returncode == 0
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (cafe / name).read_bytes()


@pytest.mark.parametrize(
    ("form", "name"), [("json", "results.json"), ("html", "report.html"), ("pdf", "report.pdf")]
)
def test_the_archive_alone_gives_the_same_documents(cafe, tmp_path, form, name):
    out = tmp_path / name
    done = fabrique("report", cafe / "archive.json", "--format", form, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes() == (cafe / name).read_bytes()


def test_archive_then_import_then_archive_is_the_identity(cafe, tmp_path):
    taken = fabrique("import", cafe / "archive.json", data=tmp_path)
    assert (taken.returncode, taken.stderr) == (0, "")
    again = tmp_path / "again.json"
    done = fabrique("archive", taken.stdout.strip(), "--out", again, data=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert again.read_bytes() == (cafe / "archive.json").read_bytes()


def spoiled(change):
    script = json.loads(CAFE.read_text(encoding="utf-8"))
    change(script)
    return json.dumps(script).encode()


BAD = {
    "not JSON": b"{",
    "not UTF-8": b"\xff\xfe{}",
    "a list": b"[]",
    "NaN": b'{"format": NaN}',
    "deep": b"[" * 100_000,
    "an unknown key": spoiled(lambda s: s.update(colour="red")),
    "a missing key": spoiled(lambda s: s.pop("messages")),
    "an unknown kind": spoiled(lambda s: s["steps"][0].update(kind="quiz")),
    "an unknown person": spoiled(lambda s: s["messages"][0].update(by="nobody")),
    "an option out of range": spoiled(
        lambda s: s["steps"][1]["questions"][0]["answers"][0].update(choice=[99])
    ),
    "a long text": spoiled(lambda s: s["messages"][0].update(text="x" * 2001)),
    "closing before opening": spoiled(lambda s: s["steps"][0].update(closes_at=1)),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
@pytest.mark.parametrize("language", ["fr_FR.UTF-8", "en_US.UTF-8"])
def test_a_bad_script_is_refused_in_one_line_and_nothing_is_written(tmp_path, content, language):
    script, out = tmp_path / "script.json", tmp_path / "out"
    script.write_bytes(content)
    done = fabrique("replay", script, "--out", out, language=language)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("fabrique replay: ")
    assert not out.exists()


@pytest.mark.parametrize("script", ["script.json", "/dev/zero"])
def test_a_huge_or_endless_script_is_refused(tmp_path, script):
    with (tmp_path / "script.json").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    script = tmp_path / script
    done = fabrique("replay", script, "--out", tmp_path / "out")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_said_in_one_line(tmp_path):
    done = fabrique("replay", tmp_path / "none.json", "--out", tmp_path / "out")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "none.json : aucun fichier" in done.stderr
    there = fabrique("replay", CAFE, "--out", CAFE, language="en_US.UTF-8")
    assert "already there" in there.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("dance",), ("replay",), ("report", "a", "--format", "odt", "--out", "b")]
)
def test_a_wrong_command_is_said_in_one_line(arguments):
    done = fabrique(*arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_an_archive_cut_short_is_refused(cafe, tmp_path):
    cut = tmp_path / "archive.json"
    cut.write_bytes((cafe / "archive.json").read_bytes()[:-200])
    done = fabrique("import", cut, data=tmp_path / "data")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_an_unknown_session_is_said(tmp_path):
    done = fabrique("archive", "ZZZZZZ", "--out", tmp_path / "a.json", data=tmp_path / "data")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "a.json").exists()
