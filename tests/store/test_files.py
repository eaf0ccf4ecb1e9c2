import os
import threading
import time

import pytest

from fabrique.actions import document
from fabrique.actions.animate import create_session, import_archive
from fabrique.domain import archive
from fabrique.domain.conduct import Mark, Write
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import Entry
from fabrique.domain.order import Added
from fabrique.domain.pictures import HEAVIEST, carried, embed, media_name
from fabrique.domain.report import from_archive
from fabrique.domain.session import Plan
from fabrique.domain.step import Image
from fabrique.domain.text import Invalid
from fabrique.store.files import SPARED, Media
from fabrique.store.here import here, kinds, media, pictures_of, sweep_media
from fabrique.store.journal import Append
from tests.data.dot import DOT
from tests.store.instance import START, at

OTHER = DOT + b"another"  # bytes after its end are no matter to a PNG


@pytest.fixture
def store(tmp_path):
    return Media(tmp_path / "media")


def files(tmp_path):
    return sorted(path.name for path in (tmp_path / "media").iterdir())


def old(path):
    then = time.time() - SPARED - 60
    os.utime(path, (then, then))


def test_the_same_picture_is_kept_once_under_the_sum_of_its_bytes(store, tmp_path):
    src = store.put(DOT)
    assert store.put(DOT) == src
    assert store.put(OTHER) != src
    assert len(files(tmp_path)) == 2
    assert store.read(media_name(src)) == DOT


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", b"%PDF-1.7", b"RIFF1234WAVE"])
def test_what_is_no_picture_is_not_kept(store, content, tmp_path):
    with pytest.raises(Invalid):
        store.put(content)
    assert not (tmp_path / "media").exists()


def test_what_an_archive_could_not_carry_is_not_kept(store, tmp_path):
    with pytest.raises(Invalid):
        store.put(DOT + b"x" * HEAVIEST)
    assert not (tmp_path / "media").exists()


def test_a_write_that_fails_leaves_nothing(store, tmp_path, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fabrique.store.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(DOT)
    assert files(tmp_path) == []


def test_many_who_bring_the_same_picture_at_once_keep_it_once(store, tmp_path):
    threads = [threading.Thread(target=store.put, args=(DOT,)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a" * 64 + ".png", "", "x.webp"])
def test_no_other_file_is_read(store, name, tmp_path):
    (tmp_path / "secret").write_text("no")
    store.put(DOT)
    assert store.read(name) is None


def test_what_nothing_refers_to_is_swept_a_week_after_it_last_came(store, tmp_path):
    kept, gone, again, fresh = (store.put(DOT + bytes([n])) for n in range(4))
    for src in (kept, gone, again):
        old(tmp_path / "media" / media_name(src))
    store.put(DOT + bytes([2]))  # brought again
    assert store.sweep({media_name(kept)}) == 1
    assert store.read(media_name(gone)) is None
    assert all(store.read(media_name(src)) for src in (kept, again, fresh))


def session(*steps):
    read = tuple(read_definition(step, kinds()) for step in steps)
    return create_session(Plan("Café", "cafe", "fr", START, steps=read))


def pause(name, src, **more):
    image = {"src": src, "alt": "Un point", **more}
    return {"kind": "pause", "id": name, "title": "Une image", "image": image}


def edited(head, step):
    line = Entry(1, at(1), "", "o1", None, "session.step_added", 1, Added(step=step))
    here().append([Append(head.id, 0, (line,))])
    return here().head(head.id)


def test_a_session_refers_to_what_was_prepared_first_and_since():
    first, small, since = (media().put(DOT + bytes([9, n])) for n in range(3))
    head = edited(session(pause("a", first, small=small)), pause("b", since))
    assert pictures_of(head) == {first, small, since}


def test_a_session_refers_to_the_pictures_of_its_notes_until_they_are_erased():
    wall = media().put(DOT + b"wall")
    head, image = session(), Image(src=wall, alt="Le mur")
    line = Entry(1, at(1), "", "o1", None, "session.noted", 1, Write(mark=Mark.KEEP, image=image))
    here().append([Append(head.id, 0, (line,))])
    assert pictures_of(here().head(head.id)) == {wall}
    taken = document.archive(head.id)
    assert b"media:" not in taken
    assert document.archive(import_archive(taken).id) == taken
    here().redact(head.id, 1, at(2))
    assert pictures_of(here().head(head.id)) == set()


def test_only_what_no_session_refers_to_is_swept():
    named, lost = media().put(DOT + b"named"), media().put(DOT + b"lost")
    session(pause("a", named))
    for src in (named, lost):
        old(media()._folder / media_name(src))
    assert sweep_media() >= 1
    assert media().read(media_name(named))
    assert media().read(media_name(lost)) is None


def test_an_archive_is_whole_by_itself_and_comes_back_equal():
    first, since = media().put(DOT + b"first"), media().put(DOT + b"since")
    head = edited(session(pause("a", first, small=since)), pause("b", since))
    taken = document.archive(head.id)
    assert b"media:" not in taken
    for src in (first, since):
        (media()._folder / media_name(src)).unlink()  # as in another house
    back = import_archive(taken)
    assert document.archive(back.id) == taken
    assert pictures_of(back) == {first, since}
    assert media().read(media_name(first)) == DOT + b"first"


def test_a_picture_that_would_not_come_back_equal_stays_in_its_address():
    odd = carried("png", DOT).replace(";base64", ";charset=x;base64")
    svg = "data:image/svg+xml;base64,PHN2Zy8+"
    lying = embed(DOT).replace("image/png", "image/jpeg")
    for src in (odd, svg, lying, "plan.png", "https://example.org/a.png"):
        assert media().kept(src) == src


def test_the_report_of_an_archive_shows_its_pictures():
    head = session(pause("a", media().put(DOT)))
    taken = document.archive(head.id)
    found = archive.read(taken, kinds())
    assert found.plan.steps[0].image == Image(src=embed(DOT), alt="Un point")
    assert from_archive(taken, found, kinds()).title == "Café"


def test_a_picture_that_is_lost_is_said_by_its_words():
    src = "media:" + "0" * 64 + ".png"
    head = session(pause("a", src))
    assert document.whole(head.id).plan.steps[0].image.src == src
