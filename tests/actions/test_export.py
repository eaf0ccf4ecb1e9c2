import io
import zipfile

import pytest

from fabrique.actions.animate import import_archive
from fabrique.actions.document import archive as take_away
from fabrique.actions.export import ABOUT, export
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.export import archive_of
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.text import Invalid
from fabrique.store.models import Session

FRENCH = Language("fr")


@pytest.fixture
def data(played):
    return form.write(Archive(*played))


@pytest.fixture
def made(kinds):
    return lambda content: from_archive(content, form.read(content, kinds), kinds, everything=True)


@pytest.fixture
def exported(data, made):
    return export(data, made(data), FRENCH)


def files(exported):
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_export_holds_the_report_in_every_form(exported, data, made):
    found = files(exported)
    assert found["archive.json"] == data
    formats = {one.suffix: one for one in discover("fabrique.formats").values()}
    assert set(ABOUT) | {"csv"} == set(formats)
    for suffix, (path, _) in ABOUT.items():
        assert found[path] == formats[suffix].render(made(data), FRENCH)
    assert found["charts/01.png"].startswith(b"\x89PNG")
    listed = [name for name in found if name.startswith("listings/")]
    assert listed == [
        "listings/00-steps.csv",
        "listings/01-results.csv",
        "listings/02-1-word_cloud.csv",
    ]


def test_the_same_session_gives_the_same_bytes(exported, data, made):
    assert export(data, made(data), FRENCH) == exported


def test_an_export_makes_the_same_report_elsewhere(exported, made):
    Session.objects.filter(fingerprint__isnull=False).update(fingerprint=None)
    again = take_away(import_archive(exported).id)
    assert export(again, made(again), FRENCH) == exported


def test_an_export_and_its_archive_are_the_same_session(exported):
    Session.objects.filter(fingerprint__isnull=False).update(fingerprint=None)
    import_archive(exported)
    with pytest.raises(Invalid, match="already here"):
        import_archive(archive_of(exported))


def test_a_damaged_export_leaves_nothing(exported):
    before = Session.objects.count()
    damaged = exported.replace(b"archive.json", b"archive.jsox")
    for content in (damaged, exported[:-1], exported[: len(exported) // 2]):
        with pytest.raises(Invalid):
            import_archive(content)
    assert Session.objects.count() == before
