"""From an archive to every form of its report, and back, as a person at a terminal sees it."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import docx
import pytest
from python_calamine import CalamineWorkbook

from fabrique.__main__ import main
from fabrique.commands.report import FORMATS
from fabrique.domain.registry import discover
from tests.commands.test_replay import CAFE, fabrique


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A few steps of the café, with a hostile title and hostile messages."""
    script = json.loads(CAFE.read_text(encoding="utf-8"))
    script["steps"] = [one for one in script["steps"] if one["id"] in ("defi", "avis", "rapport")]
    script["title"] = "=1+1 <b>Café</b>"
    for message in script["messages"]:
        message["text"] = '=HYPERLINK("http://x.example")\n| a | <script>'
    folder = tmp_path_factory.mktemp("report")
    (folder / "script.json").write_text(json.dumps(script), encoding="utf-8")
    done = fabrique("replay", folder / "script.json", "--out", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "archive.json"


@pytest.fixture(scope="module")
def made(archive, tmp_path_factory):
    """The bytes of each format."""
    folder = tmp_path_factory.mktemp("made")

    def report(suffix, source=archive):
        out = folder / f"report.{suffix}"
        told = ["report", source, "--format", suffix, "--out", out]
        assert main([str(one) for one in told]) == 0
        return out.read_bytes()

    return report


def test_every_format_can_be_asked_for():
    found = {one.suffix for one in discover("fabrique.formats").values()}
    assert set(FORMATS) == found | {"zip"}


def test_a_document_to_be_reworked(made):
    document = docx.Document(io.BytesIO(made("docx")))
    assert document.core_properties.title == "=1+1 <b>Café</b>"


def test_a_workbook_with_a_sheet_a_step(made):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made("xlsx")))
    assert book.sheet_names[:4] == ["Synthèse", "Étapes", "Résultats", "1. Défi"]
    assert len(book.get_sheet_by_name("2. Tableau de post-it").to_python()) == 1 + 107
    assert len(book.get_sheet_by_name("3. Vote").to_python()) == 1 + 37
    assert book.get_sheet_by_index(0).to_python()[0][0] == "=1+1 <b>Café</b>"


def test_one_table_of_every_value_without_a_formula(made):
    text = made("csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {5}
    assert any("'=HYPERLINK" in row[4] for row in rows)
    assert not [cell for row in rows for cell in row if cell.strip().startswith(("=", "+", "@"))]


def test_a_page_of_text(made):
    page = made("md").decode()
    assert page.startswith("# \\=1+1 \\<b\\>Café\\</b\\>\n")
    assert "<script" not in page.replace("\\<", "")


def test_everything_in_one_file_which_is_an_archive_too(made, archive, tmp_path):
    whole = made("zip")
    again = tmp_path / "export.zip"
    again.write_bytes(whole)
    with zipfile.ZipFile(again) as held:
        assert held.read("archive.json") == archive.read_bytes()
        assert held.read("report.md") == made("md")
        assert held.read("listings.xlsx") == made("xlsx")
    assert made("zip", again) == whole


def test_an_export_is_imported_elsewhere_and_makes_the_same_report(made, tmp_path):
    again, taken = tmp_path / "export.zip", tmp_path / "taken.json"
    again.write_bytes(made("zip"))
    done = fabrique("import", again, "--code", "CAFE", data=tmp_path / "data")
    assert (done.returncode, done.stdout) == (0, "CAFE\n")
    done = fabrique("archive", "CAFE", "--out", taken, data=tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert made("zip", taken) == made("zip")


def test_a_damaged_export_is_refused_in_one_line_and_nothing_is_kept(made, tmp_path):
    damaged, out = tmp_path / "export.zip", tmp_path / "out.pdf"
    damaged.write_bytes(made("zip")[:-100])
    for command in (("import", damaged), ("report", damaged, "--format", "pdf", "--out", out)):
        done = fabrique(*command, data=tmp_path / "data")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
    assert not out.exists()
