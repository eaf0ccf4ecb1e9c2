"""The page of the sources: what is brought by forms, refused in a sentence, cited and taken out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fabrique.actions.animate import create_session
from fabrique.domain.session import Plan
from tests.store.instance import START

CHAT = b"18:02:11 From Nina Roux to Everyone:\n\tOn garde douze projecteurs pour la saison.\n"


def post(who, minutes, **given):
    return who.post(f"/minutes/{minutes.pk}/sources/", given, follow=True)


def text(answer):
    return answer.content.decode()


def test_each_source_is_brought_cited_and_taken_out_with_what_it_carries(zoe, minutes):
    sent = SimpleUploadedFile("chat.txt", CHAT, "text/plain")
    assert "douze projecteurs" in text(post(zoe, minutes, do="chat", chat=sent))
    assert "12:03" in text(post(zoe, minutes, do="note", text="Le camion part lundi.", at="12:03"))
    link = {"title": "Le guide", "address": "https://exemple.org/guide", "about": ""}
    assert "Le guide" in text(post(zoe, minutes, do="link", **link))
    chat, note, link = minutes.sources.order_by("number")
    for one in (chat, note, link):
        answer = post(zoe, minutes, do="cite", number=one.number, line="1", section="Suite")
        assert answer.status_code == 200
    desk = text(zoe.get(f"/minutes/{minutes.pk}/"))
    assert "note de Zoé" in desk
    assert f"/sources/#n-{note.number}.1" in desk
    assert "1 phrase la cite" in text(zoe.get(f"/minutes/{minutes.pk}/sources/"))
    assert "Le camion" not in text(post(zoe, minutes, do="remove", number=note.number))
    rules = [one["rule"] for row in minutes.sentences.all() for one in row.found]
    assert rules == ["dead-ref"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"do": "nothing"},
        {"do": "chat"},
        {"do": "note", "text": ""},
        {"do": "note", "text": "Oui.", "at": "demain"},
        {"do": "link", "title": "Guide", "address": "javascript:alert(1)"},
        {"do": "session", "code": "ZZZZZZ"},
        {"do": "remove", "number": "77"},
        {"do": "remove", "number": "²"},
        {"do": "cite", "number": "1", "line": "x"},
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_changes(zoe, minutes, given):
    answer = post(zoe, minutes, **given)
    assert answer.status_code == 400
    assert 'id="refused"' in text(answer) or "refus" in text(answer)
    assert minutes.sources.count() == 0


def test_another_session_is_listed_with_what_it_holds(zoe, minutes):
    other = create_session(Plan("Le mois d’avant", "café", "fr", START))
    page = text(post(zoe, minutes, do="session", code=other.code))
    assert page.count("Le mois d’avant") >= 1
    assert other.code in page
