"""The transcript put right: words looked for before they are replaced, names offered."""

import pytest
from django.test import Client
from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.minutes import begin, transcript
from fabrique.domain.session import Plan
from tests.store.instance import START
from tests.store.made import gathering, person

VTT = """WEBVTT

00:00:00.000 --> 00:00:06.000
Nina: Merci à Ferran et au Ferrandien pour ce <i>bel</i> accueil.

00:00:07.000 --> 00:00:12.000
Nina: Ferran prête ses projecteurs.
"""


@pytest.fixture
def minutes():
    zoe = person("Zoé Ferrand", roles=["staff"])
    row = begin.begin(create_session(Plan("Café", "café", "fr", START)), zoe, timezone.now())
    row.gathering = gathering("Ici", [zoe], session=row.session, place="Théâtre du Vercors")
    row.save()
    transcript.take_transcript(row, "zoom.vtt", VTT.encode(), zoe)
    row.who = zoe
    return row


@pytest.fixture
def desk(minutes):
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    made.force_login(minutes.who)
    return made


def page(desk, minutes, query=""):
    return desk.get(f"/minutes/{minutes.pk}/words/{query}").content.decode()


def texts(minutes):
    return [one.text for one in minutes.cues.order_by("number")]


def test_hits_are_shown_before_anything_is_replaced(desk, minutes):
    before = texts(minutes)
    shown = page(desk, minutes, "?find=Ferran&by=Ferrand&whole=1")
    assert shown.count("<del>Ferran</del> <ins>Ferrand</ins>") == 2
    assert "On le trouve à 2 moments." in shown
    assert page(desk, minutes, "?find=Ferran&by=").count("<del>Ferran</del>") == 3
    assert "nulle part" in page(desk, minutes, "?find=%3Cscript%3E&whole=1")
    assert texts(minutes) == before


def test_whole_words_alone_are_replaced_where_one_says_so(desk, minutes):
    given = {"do": "replace", "find": "Ferran", "by": r"Ferrand \1", "whole": "1"}
    desk.post(f"/minutes/{minutes.pk}/words/", given)
    assert texts(minutes) == [
        r"Merci à Ferrand \1 et au Ferrandien pour ce bel accueil.",
        r"Ferrand \1 prête ses projecteurs.",
    ]


def test_a_name_heard_wrong_is_offered_and_replaced_by_a_person_alone(desk, minutes):
    shown = page(desk, minutes)
    assert "Ferran → <b>Ferrand</b>" in shown
    assert "Ferran prête" in texts(minutes)[1]
    given = {"do": "replace", "find": "Ferran", "by": "Ferrand", "whole": "1"}
    desk.post(f"/minutes/{minutes.pk}/words/", given)
    assert texts(minutes)[1] == "Ferrand prête ses projecteurs."
    assert "Ferran →" not in page(desk, minutes)
