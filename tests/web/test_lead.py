"""Leading from another device, and one screen for several people."""

import re

import pytest
from django.core import signing
from django.test import Client

from fabrique.actions.access import PAIR_LASTS, Role, read_seat
from fabrique.actions.animate import new_console_link, new_pair_link


def another():
    return Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})


def invited(leading, session, to):
    answer = leading.post(f"/s/{session.code}/invite", {"for": to})
    assert answer.status_code == 200
    return re.search(r'value="[^"]*?(/enter/[^"]+)"', answer.text)[1], answer.text


@pytest.mark.parametrize("to", ["remote", "colleague"])
def test_whoever_leads_lets_another_device_lead_once(leading, session, to):
    link, shown = invited(leading, session, to)
    assert ("<svg" in shown) == (to == "remote")
    entered = another().post(link)
    paired = "?paired" if to == "remote" else ""
    assert entered.headers["Location"] == f"/s/{session.code}/console{paired}"
    seat = read_seat(entered.cookies["console"].value)
    assert (seat.session, seat.role) == (session.id, Role.FACILITATOR)
    assert another().post(link).status_code == 403


def test_nobody_else_may_invite(seated, session):
    assert seated.post(f"/s/{session.code}/invite", {"for": "remote"}).status_code == 403
    assert another().post(f"/s/{session.code}/invite", {"for": "remote"}).status_code == 403


def test_the_code_of_a_remote_is_good_for_minutes_a_link_for_a_day(session, monkeypatch):
    pair, link = (f"/enter/{make(session.id)}" for make in (new_pair_link, new_console_link))
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + PAIR_LASTS + 2)
    assert another().get(pair).status_code == 403
    assert another().post(pair).status_code == 403
    assert another().get(link).status_code == 200


def test_the_remote_says_that_it_is_paired(leading, session):
    link, _ = invited(leading, session, "remote")
    phone = another()
    assert "télécommande" in phone.get(link).text
    assert "Associé" in phone.post(link, follow=True).text
    assert "Associé" not in phone.get(f"/s/{session.code}/console").text


def test_a_screen_joins_for_several(client, session):
    answer = client.post(f"/s/{session.code}/", {"name": "Antenne", "heads": " 12 "})
    assert answer.status_code == 303
    assert read_seat(client.cookies["seat"].value).heads == 12


@pytest.mark.parametrize("heads", ["0", "1000", "-1", "douze", "1.5", "²", "9" * 80])
def test_a_number_of_people_that_cannot_be_is_refused_and_kept(client, session, heads):
    answer = client.post(f"/s/{session.code}/", {"name": "Antenne", "heads": heads})
    assert answer.status_code == 400
    assert "1 à 999 personnes" in answer.text
    assert 'value="Antenne"' in answer.text
    assert "seat" not in client.cookies


def test_what_i_sent_is_a_page_of_mine_alone(seated, leading, session):
    path = f"/s/{session.code}/mine"
    assert "Rien encore" in seated.get(path).text
    assert another().get(path).status_code == 403
    lead = another()
    lead.cookies["console"] = leading.cookies["console"].value
    assert lead.get(path).headers["Location"] == f"/s/{session.code}/"
