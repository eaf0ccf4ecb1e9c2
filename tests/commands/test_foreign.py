"""From another tool's file to a session of ours, as a person at a terminal sees it."""

from __future__ import annotations

import pytest

from tests.commands.test_replay import fabrique

FORM = "Rôle ?;Note\nartiste;4\nartiste;5\nrégie;2\nrégie;3\n"
ENGLISH = "en_GB.UTF-8"


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "enquete.csv"
    path.write_text(FORM, encoding="cp1252")
    return path


def run(form, *more, fresh=False):
    given = {"data": form.parent / "data", "language": ENGLISH, "fresh": fresh}
    return fabrique("import", form, "--from", "forms", *more, **given)


def test_a_dry_run_says_what_is_understood_and_keeps_nothing(form):
    done = run(form, "--dry-run", fresh=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "4 people",
        "8 answers",
        "1. Rôle ?: single choice, 2 options",
        "2. Note: grade from 1 to 5",
    ]
    assert not (form.parent / "data").exists()


def test_a_form_becomes_a_session_that_can_be_carried_away(form):
    done = run(form, "--code", "FXRM", "--column", "2=rating:9")
    assert (done.returncode, done.stdout) == (0, "FXRM\n")
    assert "2. Note: grade from 1 to 9" in done.stderr
    out = form.parent / "out.json"
    data = form.parent / "data"
    assert fabrique("archive", "FXRM", "--out", out, data=data).returncode == 0
    assert '"title": "enquete"' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--column", "2"), "--column: “2” is not written as 3=open."),
        (("--column", "2=dance"), "Column 2 cannot be taken for “dance”."),
        (("--names", "9"), "There is no column 9 in this file."),
    ],
)
def test_a_wrong_correction_is_said_in_one_line_and_nothing_is_kept(form, more, why):
    done = run(form, *more, fresh=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"fabrique import: {why}\n"
    assert not (form.parent / "data").exists()


def test_a_cut_file_is_refused_with_its_line_and_nothing_is_kept(form):
    form.write_text(FORM[:-3], encoding="cp1252")
    done = run(form, fresh=True)
    assert done.returncode == 2
    assert "[5]" in done.stderr
    assert not (form.parent / "data").exists()


def test_moments_are_those_of_the_house(form, monkeypatch):
    form.write_text("Horodateur;Mot\n31/01/2024 10:00:00;oui\n", encoding="utf-8")
    for zone, moment in (("America/Cayenne", "13:00:00"), ("Europe/Paris", "09:00:00")):
        monkeypatch.setenv("FABRIQUE_TIME_ZONE", zone)
        code, out = run(form).stdout.strip(), form.parent / f"{moment[:2]}.json"
        fabrique("archive", code, "--out", out, data=form.parent / "data")
        assert f"2024-01-31T{moment}.000000Z" in out.read_text(encoding="utf-8")
    monkeypatch.setenv("FABRIQUE_TIME_ZONE", "Mars/Olympus")
    done = run(form, "--dry-run")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_what_corrects_a_foreign_file_is_refused_with_an_archive(form):
    done = fabrique("import", form, "--dry-run", language=ENGLISH)
    assert done.stderr == "fabrique import: --dry-run goes with --from.\n"
