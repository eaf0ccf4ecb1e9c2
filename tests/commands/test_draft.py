"""Drafting minutes and checking them, as a person at a terminal sees it."""

from __future__ import annotations

import json

import pytest

from fabrique.__main__ import main
from tests.commands.test_replay import CAFE, fabrique
from tests.domain.test_tongues import SAID

TALK = """WEBVTT

00:01.000 --> 00:05.000
Ana: Nous proposons de reporter la rencontre de Lyon au 12 mai.

00:05.000 --> 00:09.000
Bo: Il faudra prévenir toutes les personnes inscrites avant la fin de la semaine.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("draft")
    assert main(["replay", str(CAFE), "--out", str(out)]) == 0
    (out / "talk.vtt").write_text(TALK, encoding="utf-8")
    return out


def run(*told):
    return main([str(one) for one in told])


def draft(folder, *more, out="draft.json"):
    path = folder / out
    assert run("draft", "--transcript", folder / "talk.vtt", *more, "--out", path) == 0
    return json.loads(path.read_text(encoding="utf-8"))


def checked(folder, capsys, *more, out="draft.json"):
    told = ("check-draft", folder / out, "--transcript", folder / "talk.vtt", *more, "--json")
    assert run(*told) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("drafter", ["assembly", "extract"])
def test_every_sentence_drafted_stands(folder, drafter, capsys):
    session = ("--session", folder / "archive.json")
    made = draft(folder, *session, "--drafter", drafter)
    assert made["format"] == "fabrique.draft/1"
    assert all(one["cites"] or one["by"] for one in made["sentences"])
    found = checked(folder, capsys, *session)
    assert found == {"sentences": len(made["sentences"]), "blocked": [], "flagged": []}


def test_a_transcript_alone_gives_extracts(folder, capsys):
    made = draft(folder, out="alone.json")
    assert [one["kind"] for one in made["sentences"]] == ["extract"]
    assert made["sentences"][0]["cites"][0]["ref"] in ("t:1", "t:2")
    assert checked(folder, capsys, out="alone.json")["blocked"] == []


def test_what_is_wrong_is_listed_by_its_index_and_ends_well(folder, capsys):
    said = "Nous proposons de reporter la rencontre de Lyon au 12 mai."
    cites = [{"ref": "t:1", "quote": said}]
    told = [
        {"text": said, "kind": "extract", "cites": cites},
        {"text": said, "kind": "extract", "cites": [{"ref": "t:3", "quote": said}]},
        {"text": said.replace("12", "13"), "kind": "statement", "cites": cites},
        {"text": "Avec 40 présents.", "kind": "result", "cites": [{"ref": "a:r9"}]},
    ]
    document = {"format": "fabrique.draft/1", "sentences": told}
    (folder / "wrong.json").write_text(json.dumps(document), encoding="utf-8")
    found = checked(folder, capsys, "--session", folder / "archive.json", out="wrong.json")
    assert found == {
        "sentences": 4,
        "blocked": [{"index": 1, "rule": "dead-ref"}, {"index": 3, "rule": "figures"}],
        "flagged": [{"index": 2, "rule": "number-not-in-span"}],
    }
    run("check-draft", folder / "wrong.json", "--transcript", folder / "talk.vtt")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("4 phrases")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("bad.vtt", b"Bonjour", "[bad.vtt:1]"),
        ("bad.vtt", b"WEBVTT\n\n00:01.000 --> later\nx\n", "[bad.vtt:3]"),
        ("bad.json", b"{}", "[bad.json]"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(folder, tmp_path, name, content, place):
    bad, out = tmp_path / name, tmp_path / "out.json"
    bad.write_bytes(content)
    talk = bad if name.endswith("vtt") else folder / "talk.vtt"
    session = () if talk is bad else ("--session", bad)
    done = fabrique("draft", "--transcript", talk, *session, "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.rstrip().endswith(place)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_draft_that_is_none_is_one_line(folder, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "fabrique.draft/1", "sentences": [{"text": "x"}]}')
    done = fabrique("check-draft", bad, "--transcript", folder / "talk.vtt", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("fabrique check-draft: ")
    assert done.stderr.count("\n") == 1


def test_a_model_is_asked_only_where_one_is_named(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("FABRIQUE_MODEL_URL", raising=False)
    out = tmp_path / "out.json"
    told = ("draft", "--transcript", folder / "talk.vtt", "--drafter", "llm", "--out", out)
    assert run(*told) == 2
    assert "FABRIQUE_MODEL_URL" in capsys.readouterr().err
    assert not out.exists()
    monkeypatch.setenv("FABRIQUE_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("FABRIQUE_MODEL", "petit")
    assert run(*told) == 0
    assert len(capsys.readouterr().err.splitlines()) == 2  # why, and what stands there instead
    assert {one["kind"] for one in json.loads(out.read_bytes())["sentences"]} == {"extract"}


def test_another_language_than_the_session_is_said_on_one_line_and_blocks_nothing(folder, capsys):
    german = "\n".join(f"00:{n:02}.000 --> 00:{n + 9:02}.000\n{SAID['de']}\n" for n in (0, 10, 20))
    (folder / "german.vtt").write_text(f"WEBVTT\n\n{german}", encoding="utf-8")
    sources = ("--transcript", folder / "german.vtt", "--session", folder / "archive.json")
    assert run("draft", *sources, "--out", folder / "german.json") == 0
    said = "Cette transcription semble être en allemand"
    assert [said in line for line in capsys.readouterr().err.splitlines()] == [True]
    assert run("check-draft", folder / "german.json", *sources, "--json") == 0
    told = capsys.readouterr()
    assert [said in line for line in told.err.splitlines()] == [True]
    assert json.loads(told.out)["blocked"] == []
    draft(folder)
    assert capsys.readouterr().err == ""
