import shutil
import stat
import zipfile

import msgspec
import pytest

from fabrique.jobs import notes, office
from fabrique.jobs.refusals import Unfit
from tests.jobs.made import odp, packed, pdf, pptx
from tests.jobs.test_pages import page

IMPRESS = shutil.which("soffice") and any(
    shutil.os.path.exists(f"{place}/program/libsdlo.so")
    for place in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice")
)
# The product takes PDF without it: LibreOffice is half a gigabyte that an instance may do without.
needs_impress = pytest.mark.skipif(not IMPRESS, reason="LibreOffice Impress is not installed here")
SLIDES = [("Bonjour", "Dire bonjour\nPuis le sujet"), ("Fini", "")]


def looked(tmp_path, content):
    path = tmp_path / "source"
    path.write_bytes(content)
    return office.look_into(path)


def no(tmp_path, content):
    with pytest.raises(Unfit) as found:
        looked(tmp_path, content)
    return found.value.why


@pytest.fixture
def false_office(tmp_path, monkeypatch):
    """A LibreOffice that does what a test says, where a real one would be."""

    def install(*lines):
        place = tmp_path / "bin"
        place.mkdir()
        program = place / "soffice"
        program.write_text("\n".join(["#!/bin/sh", *lines]))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")

    return install


def test_notes_are_those_of_each_slide_that_is_shown(tmp_path):
    hidden = [SLIDES[0], ("Caché", "Pas ceci", "hidden"), SLIDES[1]]
    found = looked(tmp_path, pptx(*hidden))
    assert found == ("pptx", ["Dire bonjour\nPuis le sujet", ""])


def test_notes_of_libreoffice_are_read_too(tmp_path):
    assert looked(tmp_path, odp(("Un", "Dire un"), ("Deux", ""))) == ("odp", ["Dire un", ""])


def test_a_locked_presentation_is_said_to_be(tmp_path, drawn):
    assert no(tmp_path, odp(("Un", ""), locked=True)) == "encrypted"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    locked, _ = drawn("old", old + "EncryptedPackage".encode("utf-16-le"))
    assert locked.why == "encrypted"
    plain, _ = drawn("old", old)
    assert plain.why == "old_office"


def test_a_zip_that_is_no_presentation_is_refused(tmp_path):
    assert no(tmp_path, packed({"word/document.xml": "<a/>"})) == "no_slides"
    assert no(tmp_path, packed({"content.xml": "<a/>", "mimetype": "text/plain"})) == "no_slides"


def test_a_damaged_zip_is_refused(tmp_path):
    whole = pptx(*SLIDES)
    assert no(tmp_path, whole[:-200]) == "broken"
    assert no(tmp_path, b"PK\x03\x04" + b"x" * 400) == "broken"
    assert no(tmp_path, pptx(*SLIDES, extra={"ppt/slides/slide1.xml": "<p:sld"})) == "broken"
    assert no(tmp_path, pptx(*SLIDES, extra={"ppt/presentation.xml": "<a/>"})) == "empty"


def test_a_zip_that_unpacks_to_gigabytes_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "MOST_UNPACKED", 10 << 20)
    content = pptx(*SLIDES, extra={"ppt/media/image1.png": bytes(11 << 20)})
    assert len(content) < 100_000
    assert no(tmp_path, content) == "bomb"


def test_a_zip_of_too_many_files_is_refused(tmp_path):
    files = {f"ppt/media/{n}": "" for n in range(office.MOST_FILES)}
    assert no(tmp_path, pptx(*SLIDES, extra=files)) == "bomb"


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(notes, "LARGEST", 1000)
    content = pptx(*SLIDES, extra={"ppt/slides/slide1.xml": "<a>" + " " * 5000 + "</a>"})
    assert no(tmp_path, content) == "bomb"


def test_entities_that_multiply_are_refused(tmp_path):
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE a [<!ENTITY l0 "ha">{rows}]><a>&l11;</a>'
    assert no(tmp_path, pptx(*SLIDES, extra={"ppt/slides/slide1.xml": laughs})) == "broken"


@needs_impress
@pytest.mark.parametrize("content", [pptx(*SLIDES), odp(*SLIDES)], ids=["PPTX", "ODP"])
def test_libreoffice_draws_the_slides_and_the_notes_stay_beside(drawn, content):
    said, folder = drawn("office", content)
    assert said == [{"converting": True}, {"pages": 2}, {"page": 1}, {"page": 2}]
    assert [page(folder, n).text for n in (1, 2)] == ["Bonjour", "Fini"]
    kept = msgspec.json.decode((folder / "notes.json").read_bytes())
    assert [one.split() for one in kept] == [one.split() for _, one in SLIDES]


def test_without_libreoffice_a_pdf_is_asked_for(drawn, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    refused, _ = drawn("office", pptx(*SLIDES))
    assert refused.why == "no_office"


def test_a_libreoffice_that_fails_is_said_to(drawn, false_office):
    false_office("exit 1")
    refused, _ = drawn("office", pptx(*SLIDES))
    assert refused.why == "office"


def test_a_libreoffice_that_stops_half_way_names_the_page(drawn, false_office, tmp_path):
    (tmp_path / "short.pdf").write_bytes(pdf("Un"))
    false_office(f'cp {tmp_path}/short.pdf "$HOME/slides.pdf"')
    refused, _ = drawn("office", pptx(*SLIDES))
    assert (refused.why, refused.values) == ("office_page", {"page": 2, "pages": 2})


def test_libreoffice_is_told_to_run_no_macro_and_to_fetch_nothing(drawn, false_office, tmp_path):
    false_office(f'cp "$HOME/profile/user/registrymodifications.xcu" {tmp_path}/told')
    drawn("office", pptx(*SLIDES))
    told = (tmp_path / "told").read_text()
    assert "DisableMacrosExecution" in told
    assert "BlockUntrustedRefererLinks" in told
    with zipfile.ZipFile(tmp_path / "source") as same:
        assert "ppt/presentation.xml" in same.namelist()
