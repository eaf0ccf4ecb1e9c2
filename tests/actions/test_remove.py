"""An import taken back: whole, and only as long as nothing was added to it."""

import json
from datetime import timedelta

import pytest

from fabrique.actions.animate import copy_session, create_session, import_archive
from fabrique.actions.document import archive as take_away
from fabrique.actions.remove import removable, remove
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.definitions import read_definition
from fabrique.domain.pictures import embed, media_name
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid
from fabrique.store.here import here, kinds, media, pictures_of
from fabrique.store.journal import Behind
from fabrique.store.models import Address, Entry, Minutes, Participant, Reminder, Session
from tests.data.dot import DOT
from tests.store.instance import START, at


@pytest.fixture
def data(played):
    return form.write(Archive(*played))


@pytest.fixture(autouse=True)
def _imported_anew():
    Session.objects.filter(fingerprint__isnull=False).update(fingerprint=None)


def rows():
    return [set(model.objects.values_list("pk")) for model in (Session, Participant, Entry)]


def pictured(content):
    """The archive of a session that shows a picture, never played."""
    step = {"kind": "pause", "id": "p", "title": "P", "image": {"src": embed(content), "alt": "a"}}
    plan = Plan("S", "k", "fr", START, steps=(read_definition(step, kinds()),))
    return form.write(Archive(plan, (), ()))


def test_what_was_imported_is_gone_with_its_names_and_lines(data):
    before = rows()
    head = import_archive(data)
    assert removable(head) is None
    remove(head)
    assert rows() == before
    with pytest.raises(LookupError):
        here().by_code(head.code)


def test_it_can_be_imported_again(data):
    first = import_archive(data)
    remove(first)
    second = import_archive(data)
    assert second.id != first.id
    assert take_away(second.id) == data


def test_laid_out_otherwise_it_is_the_same_import(data):
    loose = json.dumps(json.loads(data), indent=4).encode()
    head = import_archive(loose)
    with pytest.raises(Invalid, match="already here"):
        import_archive(data)
    remove(head)


def test_what_was_made_here_stays(plan):
    head = create_session(plan)
    with pytest.raises(Invalid, match="made here"):
        remove(head)
    assert here().by_code(head.code) == head


def test_what_went_on_stays_whole(data):
    head = import_archive(data)
    here().redact(head.id, 4, at(100))
    before = rows()
    with pytest.raises(Invalid, match="was added"):
        remove(here().by_code(head.code))
    assert rows() == before


def test_what_goes_on_at_that_very_moment_stays_whole(data):
    head = import_archive(data)
    here().redact(head.id, 4, at(100))
    before = rows()
    with pytest.raises(Behind):
        here().remove(head)
    assert rows() == before


def test_where_somebody_left_an_address_it_stays(data):
    head = import_archive(data)
    row = Address.objects.create(session=head.id, email="zoe@example.org", contact=True)
    with pytest.raises(Invalid, match="was added"):
        remove(head)
    assert here().by_code(head.code)
    row.delete()
    Reminder.objects.create(session=head.id, until=1)
    remove(head)
    assert not Reminder.objects.filter(session=head.id).exists()


def test_where_its_minutes_were_begun_it_stays(data):
    head = import_archive(data)
    minutes = Minutes.objects.create(slug="cafe", session=head.code, title="Café")
    with pytest.raises(Invalid, match="was added"):
        remove(head)
    minutes.delete()
    remove(head)


def test_its_pictures_go_unless_another_session_shows_them():
    alone, shared = DOT + b"alone", DOT + b"shared"
    other = import_archive(pictured(shared))
    copied = copy_session(other)
    for content, kept in ((alone, False), (shared, True)):
        head = other if kept else import_archive(pictured(content))
        (name,) = map(media_name, pictures_of(head))
        remove(head)
        assert (media().read(name) is not None) is kept
    assert pictures_of(copied)


def test_a_picture_that_somebody_brings_again_stays():
    content = DOT + b"again"
    head = import_archive(pictured(content))
    name = media_name(media().put(content))
    assert media().drop({name}, (head.created_at - timedelta(seconds=1)).timestamp()) == 0
    assert media().read(name) == content
