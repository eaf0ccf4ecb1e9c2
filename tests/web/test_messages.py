"""Messages are read and released by people; whoever asks hears no more."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.actions import interest, publish
from fabrique.actions.news import gone_address
from fabrique.store.models import Dispatch, Silence
from tests.store.made import gathering, person


@pytest.fixture
def group(client):
    somebody = person()
    client.force_login(somebody)
    return somebody


@pytest.fixture
def about(group):
    row = gathering(state="announced", question="?", organisers=[group])
    for n in range(3):
        who = {"name": f"P{n}", "email": f"p{n}@example.org"}
        interest.answer(row, "yes", timezone.now(), **who, person=None)
    publish.publish(row, group, timezone.now())
    return row


def test_everybody_who_will_get_it_is_shown_then_it_is_rewritten_and_released(client, about, group):
    here = f"/g/{about.slug}/messages/"
    text = client.get(here).content.decode()
    assert "3 destinataires" in text
    assert "p0@example.org, p1@example.org, p2@example.org" in text
    assert "n’envoie pas de courriel" in text
    (key,) = Dispatch.objects.filter(about=f"gathering:{about.pk}").values_list("batch").distinct()
    words = {"batch": key[0], "do": "rewrite", "subject": "À bientôt", "body": "Venez."}
    assert client.post(here, words).status_code == 302
    kept = client.post(here, {**words, "subject": ""})
    assert kept.status_code == 422
    assert "Venez." in kept.content.decode()
    assert client.post(here, {"batch": key[0], "do": "release"}).status_code == 302
    rows = Dispatch.objects.filter(about=f"gathering:{about.pk}")
    assert {(row.subject, row.state, row.released_by) for row in rows} == {
        ("À bientôt", "released", group)
    }
    assert client.post(here, {"batch": key[0], "do": "release"}).status_code == 422


def test_a_group_reaches_its_own_messages_alone(client, about):
    other = Dispatch.objects.create(
        key="o", relay="email", to="a@b.c", body="x", about="gathering:x"
    )
    here = f"/g/{about.slug}/messages/"
    answer = client.post(here, {"batch": f"one:{other.pk}", "do": "drop"})
    other.refresh_from_db()
    assert (answer.status_code, other.state) == (422, "draft")
    for bad in ("", "one:", "one:x", "one:٣"):
        assert client.post(here, {"batch": bad, "do": "drop"}).status_code == 422
    other.delete()


def test_the_page_of_the_house_costs_as_much_for_many():
    asked = Client(SERVER_NAME="localhost")
    asked.force_login(person(roles=["staff"]))
    costs = []
    for n in (1, 3):
        for one in range(n):
            about = f"gathering:{gathering().pk}"
            key = f"house{n}.{one}"
            Dispatch.objects.create(key=key, relay="email", to="a@b.c", body="x", about=about)
        asked.get("/team/messages/")
        with CaptureQueriesContext(connection) as seen:
            assert asked.get("/team/messages/").status_code == 200
        costs.append(len(seen))
    Dispatch.objects.filter(key__startswith="house").delete()
    assert costs[0] == costs[1]


def stop_of(about, email="p0@example.org"):
    return gone_address(email, f"gathering:{about.pk}").removeprefix("http://localhost:8000")


def test_a_link_in_a_mail_does_nothing_until_it_is_pressed(about):
    Silence.objects.all().delete()
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    where = stop_of(about)
    assert strict.get(where).status_code == 200
    assert strict.head(where).status_code == 200
    assert strict.post(where).status_code == 403
    assert not Silence.objects.exists()
    told = strict.post(where, {"List-Unsubscribe": "One-Click"})
    assert (told.status_code, Silence.objects.count()) == (200, 1)


def test_a_person_presses_the_button(client, about):
    Silence.objects.all().delete()
    answer = client.post(stop_of(about))
    assert "Vous ne recevrez plus rien" in answer.content.decode()
    assert Silence.objects.count() == 1
    assert client.post(stop_of(about)[:-2] + "xx").status_code == 403
