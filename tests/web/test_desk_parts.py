"""The desk with two people at it, without a script: nothing that was typed is lost."""

import itertools
import re

import pytest
from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.history import past_of
from fabrique.actions.minutes import begin, locks, review
from fabrique.domain.definitions import read_definition
from fabrique.domain.session import Plan
from fabrique.store.here import kinds
from fabrique.store.models import Cue, Minutes, MinutesSource, SectionLock
from tests.store.made import person
from tests.web.drawers import browser

_numbers = itertools.count(1)


@pytest.fixture
def desk():
    """A text with a sentence, and the two who are at it."""
    step = read_definition(
        {"kind": "vote", "id": "v", "title": "On y va ?", "options": ["oui", "non"]}, kinds()
    )
    plan = Plan(f"Pupitre {next(_numbers)}", "cafe", "fr", timezone.now(), steps=(step,))
    ana, bob = (person(name, roles=["staff"]) for name in ("Ana", "Bob"))
    minutes = begin.begin(create_session(plan), ana, timezone.now())
    row = review.write(
        minutes, review.New("Suite", "action", "Écrire à tout le monde."), ana, timezone.now()
    )
    return minutes, row, browser(ana), browser(bob), ana


def rewritten(desk, words, do="rewrite", **more):
    minutes, row, _, bob, _ = desk
    given = {"do": do, "sentence": row.pk, "text": words, "kind": "", **more}
    return bob.post(f"/minutes/{minutes.pk}/", given)


def test_whoever_comes_second_keeps_what_they_typed_and_may_take_the_part_over(desk):
    minutes, row, _, bob, ana = desk
    locks.take(minutes, "Suite", ana, timezone.now())
    refused = rewritten(desk, "Écrire aux personnes inscrites.")
    said = refused.content.decode()
    assert refused.status_code == 400
    assert "Ana" in said
    assert re.search(
        r"<details open>.*?Écrire aux personnes inscrites\.</textarea>", said, re.DOTALL
    )
    row.refresh_from_db()
    assert row.text == "Écrire à tout le monde."
    assert 'value="rewrite-over"' in said
    assert rewritten(desk, "Écrire aux inscrites.", "rewrite-over").status_code == 302
    row.refresh_from_db()
    assert row.text == "Écrire aux inscrites."
    assert "Ana" not in bob.get(f"/minutes/{minutes.pk}/").content.decode().split("Suite")[0]


def test_a_sentence_that_changed_since_it_was_read_is_not_written_over(desk):
    minutes, row, _, bob, ana = desk
    page = bob.get(f"/minutes/{minutes.pk}/").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    review.rewrite(minutes, row.pk, review.Said("Appeler tout le monde."), ana, timezone.now())
    refused = rewritten(desk, "Écrire à personne.", seen=seen)
    assert refused.status_code == 400
    assert "Écrire à personne." in refused.content.decode()
    row.refresh_from_db()
    assert row.text == "Appeler tout le monde."


def test_the_page_takes_a_part_and_sees_where_others_are(desk):
    minutes, _, first, bob, _ = desk
    address = f"/minutes/{minutes.pk}/parts.json"
    assert first.post(address, {"section": "Suite"}).json() == {"taken": True, "held": {}}
    told = bob.post(address, {"section": "Suite"}).json()
    assert told["taken"] is False
    assert "Ana" in told["held"]["Suite"]
    assert browser(person()).post(address).status_code == 404
    assert browser(None).post(address).status_code == 302
    taken = bob.post(f"/minutes/{minutes.pk}/", {"do": "part-over", "section": "Suite"})
    assert taken.status_code == 302
    assert first.post(address, {"section": "Suite"}).json()["taken"] is False


def added(desk, page, **given):
    minutes, _, _, bob, _ = desk
    return bob.post(f"/minutes/{minutes.pk}/{page}/", given)


def at_the_part(desk, words):
    """Have Ana be at the part where the words would go; give what is sent to take them."""
    minutes, _, _, _, ana = desk
    Cue.objects.create(minutes=minutes, number=1, start=0, end=9000, text=words)
    lines = [{"text": words, "by": "Nina", "at": None}]
    MinutesSource.objects.create(minutes=minutes, number=9, kind="chat", lines=lines)
    locks.take(minutes, "", ana, timezone.now())
    return {
        "words": {"do": "quote", "number": "1", "kind": "extract"},
        "sources": {"do": "cite", "number": "9", "line": "1", "section": ""},
    }


@pytest.mark.parametrize("page", ["words", "sources"])
def test_what_was_said_or_brought_does_not_enter_a_part_where_somebody_is(desk, page):
    minutes, _, _, _, ana = desk
    sent = at_the_part(desk, "Nous gardons le camion et la remorque.")[page]
    before = (minutes.sentences.count(), Minutes.objects.get(pk=minutes.pk).version)
    refused = added(desk, page, **sent)
    said = refused.content.decode()
    assert refused.status_code == 400
    assert "Ana" in said
    assert (minutes.sentences.count(), Minutes.objects.get(pk=minutes.pk).version) == before
    assert SectionLock.objects.get(minutes=minutes, section="").person == ana
    again = said[: said.index(f'value="{sent["do"]}-over"')].rpartition("<form")[2]
    for name, value in sent.items():
        assert name == "do" or f'name="{name}" value="{value}"' in again
    over = added(desk, page, **{**sent, "do": f"{sent['do']}-over"})
    assert over.status_code == 302
    assert minutes.sentences.filter(text__contains="le camion").count() == 1
    assert SectionLock.objects.get(minutes=minutes, section="").person != ana
    assert "minutes.taken-over" in [one.verb for one in past_of(minutes)]


@pytest.mark.parametrize("page", ["words", "sources"])
def test_whoever_adds_to_a_free_part_is_at_it(desk, page):
    minutes, _, _, _, ana = desk
    sent = at_the_part(desk, "Nous gardons le camion et la remorque.")[page]
    locks.take(minutes, "Suite", ana, timezone.now())  # she leaves the other part
    assert added(desk, page, **sent).status_code == 302
    held = locks.held(minutes, ana, timezone.now())
    assert [(one.section, one.said.params["name"]) for one in held] == [("", "Bob")]
