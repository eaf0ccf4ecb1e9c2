"""The call: answered by anybody, decided on together, placed in the programme; and speakers."""

import re
from datetime import date

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.actions import calls, selection
from fabrique.actions.programme import duties, releases, speakers
from fabrique.store.models import Contribution, Dispatch, DutyAnswer, Item
from tests.store.made import person
from tests.web.days import FIRST, QUESTIONS, call, days, given, item, part


def html(answer):
    return answer.content.decode()


def at(about, rest):
    return f"/g/{about.slug}/{rest}"


def letters(row):
    return list(Dispatch.objects.filter(about=f"contribution:{row.pk}").order_by("id"))


def link_in(letter):
    return re.search(r"http://[^/]+(/g/\S+)", letter.body)[1]


@pytest.fixture
def called():
    about, host = days()
    return about, host, call(about, host, QUESTIONS)


def sent(client, about, **fields):
    answer = client.post(at(about, "call/"), given(**{"q-q1": "Tout le monde", **fields}))
    assert answer.status_code == 200, html(answer)
    return Contribution.objects.order_by("created_at").last()


def test_a_guest_keeps_a_draft_and_sends_it_by_the_link_of_the_mail(client, called):
    about, *_ = called
    draft = sent(client, about, do="save", **{"q-q1": "", "q-q2": "Ailleurs"})
    assert (draft.state, draft.answers) == ("draft", {})
    (kept,) = letters(draft)
    assert (kept.to, kept.state) == ("mona@example.org", "released")
    own = link_in(kept)
    assert "La lumière" in html(client.get(own))
    draft.refresh_from_db()
    assert draft.state == "draft"  # looking does nothing
    missing = client.post(own, given())
    assert missing.status_code == 400
    assert "attend une réponse" in html(missing)
    client.post(own, given(**{"q-q1": "Nous", "q-q2": "Dehors", "email": "else@example.org"}))
    draft.refresh_from_db()
    assert (draft.state, draft.email) == ("sent", "mona@example.org")
    assert draft.answers == {"q1": "Nous", "q2": "Dehors"}


def test_a_link_that_is_forged_or_of_another_gathering_opens_nothing(client, called):
    about, *_ = called
    row = sent(client, about)
    token = link_in(letters(row)[0]).rstrip("/").rpartition("/")[2]
    other, _ = days()
    assert client.get(at(other, f"call/{token}/")).status_code == 403
    assert client.get(at(about, f"call/{token}x/")).status_code == 403
    assert client.get(at(about, "call/none/")).status_code == 403
    other_salt = Signer(salt="fabrique.speaker").sign(str(row.pk))
    assert client.get(at(about, f"call/{other_salt}/")).status_code == 403


def test_a_robot_without_our_cookie_changes_nothing(called):
    about, *_ = called
    robot = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert robot.post(at(about, "call/"), given()).status_code == 403
    assert not Contribution.objects.filter(call__gathering=about).exists()


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_out_of_its_time_a_call_takes_nothing_and_gives_the_words_back(client, opens, closes):
    about, host = days()
    call(about, host, (), opens, closes)
    answer = client.post(at(about, "call/"), given(about="Mes mots à moi"))
    assert answer.status_code == 400
    assert "Mes mots à moi" in html(answer)
    assert not Contribution.objects.filter(call__gathering=about).exists()


def test_one_address_proposes_only_so_much(client, called, monkeypatch):
    monkeypatch.setattr(calls, "MOST_EACH", 1)
    about, *_ = called
    sent(client, about)
    again = client.post(at(about, "call/"), given(**{"q-q1": "x"}))
    assert again.status_code == 400
    assert "On ne prend plus de contributions" in html(again)


def test_decisions_wait_and_are_told_together(client, called):
    about, host, _ = called
    kept = sent(client, about, title="Oui")
    waits = sent(client, about, title="Peut-être", email="b@example.org")
    no = sent(client, about, title="Non", email="c@example.org")
    client.force_login(host)
    for row, decision in ((kept, "accepted"), (waits, "waiting"), (no, "declined")):
        page = at(about, f"contributions/{row.pk}/")
        asked = {"do": "decide", "decision": decision, "reason": "Voici pourquoi"}
        assert client.post(page, asked).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.pending) == ("sent", decision)
        assert len(letters(row)) == 1
    assert "3 décisions en attente" in html(client.get(at(about, "contributions/")))
    assert not Item.objects.filter(gathering=about).exists()
    client.post(at(about, "contributions/"))
    client.post(at(about, "contributions/"))  # twice is once
    for row, state in ((kept, "accepted"), (waits, "waiting"), (no, "declined")):
        row.refresh_from_db()
        assert (row.state, row.pending) == (state, "")
        assert [one.state for one in letters(row)] == ["released", "draft"]
        assert "Voici pourquoi" in letters(row)[1].body
    made = Item.objects.get(gathering=about)
    assert (made.title, made.minutes, made.starts_at) == ("Oui", 90, None)
    assert [one.speaker.email for one in made.parts.all()] == ["mona@example.org"]


def test_an_accepted_author_confirms_or_withdraws_by_a_button(client, called):
    about, host, _ = called
    row = sent(client, about)
    selection.decide(row, "accepted", "", host)
    selection.tell(about, host, timezone.now())
    own = link_in(letters(row)[1])
    assert "Oui, je confirme" in html(client.get(own))
    client.post(own, {"do": "confirm"})
    row.refresh_from_db()
    assert row.state == "confirmed"
    again = client.post(own, {"do": "confirm"})
    assert again.status_code == 400
    client.post(own, {"do": "withdraw"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert not Item.objects.filter(gathering=about, dropped=False).exists()


def test_a_decision_taken_back_is_told_to_nobody(client, called):
    about, host, _ = called
    row = sent(client, about)
    client.force_login(host)
    page = at(about, f"contributions/{row.pk}/")
    for decision in ("declined", ""):
        client.post(page, {"do": "decide", "decision": decision})
    client.post(at(about, "contributions/"))
    row.refresh_from_db()
    assert (row.state, len(letters(row))) == ("sent", 1)


def test_a_draft_is_its_authors_own(client, called):
    about, host, _ = called
    draft = sent(client, about, do="save", title="Caché")
    client.force_login(host)
    assert "Caché" not in html(client.get(at(about, "contributions/")))
    assert client.get(at(about, f"contributions/{draft.pk}/")).status_code == 404


def test_remarks_are_kept_once_each_and_their_mean_is_shown(client, called):
    about, host, _ = called
    row = sent(client, about)
    other = person("Otto", roles=["staff"])
    page = at(about, f"contributions/{row.pk}/")
    for who, grade in ((host, "2"), (host, "5"), (other, "4")):
        client.force_login(who)
        client.post(page, {"do": "remark", "grade": grade, "text": "Bien"})
    assert [one.grade for one in row.remarks.order_by("grade")] == [4, 5]
    assert "4,5 sur 5" in html(client.get(at(about, "contributions/")))
    wrong = client.post(page, {"do": "remark", "grade": "9"})
    assert wrong.status_code == 400


def test_an_account_answers_under_its_own_address(client, called):
    about, *_ = called
    somebody = person("Ana")
    client.force_login(somebody)
    row = sent(client, about, email="else@example.org")
    assert (row.person, row.email) == (somebody, somebody.email)
    assert "La lumière" in html(client.get(at(about, "call/")))


def test_a_call_is_opened_with_its_questions(client):
    about, host = days()
    client.force_login(host)
    edit = at(about, "call/edit/")
    asked = {
        "about": "Vos idées",
        "opens_at": "2026-11-01T09:00",
        "closes_at": "2026-10-01T09:00",
        "id": ["q1", "q2"],
        "title-q1": "Pour qui ?",
        "title-q2": "",
        "options-q1": "Un\nDeux\n",
        "several-q1": "1",
    }
    assert client.post(edit, asked).status_code == 400
    assert client.post(edit, {**asked, "closes_at": "2027-03-28T02:30"}).status_code == 400
    assert client.post(edit, {**asked, "closes_at": "2027-03-28T03:30"}).status_code == 302
    about.refresh_from_db()
    assert about.call.questions == [
        {
            "id": "q1",
            "title": "Pour qui ?",
            "options": ["Un", "Deux"],
            "several": True,
            "required": False,
        }
    ]
    assert about.call.closes_at.isoformat() == "2027-03-28T01:30:00+00:00"


def test_lists_cost_as_many_queries_for_one_as_for_three(client, called):
    about, host, _ = called

    def counted():
        client.force_login(host)
        with CaptureQueriesContext(connection) as found:
            client.get(at(about, "contributions/"))
        client.logout()
        return len(found)

    sent(client, about)
    once = counted()
    for n in range(2):
        row = sent(client, about, email=f"{n}@example.org")
        selection.remark(row, host, 3, "", timezone.now())
    assert counted() == once


@pytest.fixture
def speaking():
    about, host = days()
    row = item(about, host, "Exposé", FIRST)
    voice = part(row, host, "Ines", "ines@example.org")
    duties.usual_duties(about, "fr", host)
    return about, host, voice


def test_a_speaker_gives_what_is_asked_by_their_link(client, speaking):
    about, host, voice = speaking
    releases.release(about, "", host, timezone.now())
    own = speakers.speaker_link(voice).removeprefix("http://localhost:8000")
    page = html(client.get(own))
    assert "mercredi 9 juin à 9 h – 10:00" in page.replace("\xa0", " ")
    by_form = {one.form: one for one in about.duties.all()}
    asked = {
        f"duty-{by_form['image'].pk}": "no",
        f"duty-{by_form['recording'].pk}": "perhaps",
        f"duty-{by_form['done'].pk}": "yes",
        "duty-999999": "x",
        "duty-x": "x",
    }
    client.post(own, asked)
    found = {one.duty.form: one.value for one in DutyAnswer.objects.filter(speaker=voice)}
    assert found == {"image": "no", "done": "yes"}
    client.post(own, {f"duty-{by_form['done'].pk}": ""})
    assert DutyAnswer.objects.filter(speaker=voice).count() == 1
    client.force_login(host)
    assert "pas d’accord" in html(client.get(at(about, "programme/speakers/")))
    other, _ = days()
    token = own.rstrip("/").rpartition("/")[2]
    assert client.get(at(other, f"speaking/{token}/")).status_code == 403


def test_what_is_due_is_counted_back_from_the_first_day(speaking):
    *_, voice = speaking
    found = duties.prepared_one(voice, date(2027, 5, 27))
    dues = {one.duty.form: (one.due, one.late) for one in found.owed}
    assert dues["image"] == (date(2027, 5, 26), True)
    assert dues["done"] == (date(2027, 6, 6), False)
    assert found.missing == 5


def test_those_who_owe_something_are_written_to_once_a_day(client, speaking):
    about, host, _ = speaking
    part(item(about, host, "Autre"), host, "Sans adresse")
    client.force_login(host)
    for _ in range(2):
        client.post(at(about, "programme/speakers/"), {"do": "write"})
    found = Dispatch.objects.filter(about=f"gathering:{about.pk}")
    assert [(one.to, one.state) for one in found] == [("ines@example.org", "draft")]
    assert "/speaking/" in found[0].body


def test_what_is_erased_leaves_no_name(client, called):
    about, host, _ = called
    row = sent(client, about)
    selection.decide(row, "accepted", "", host)
    selection.tell(about, host, timezone.now())
    voice = about.speakers.get()
    for one in (row, voice):
        one.refresh_from_db()
        assert "mona@example.org" in str(one.retention.export(one))
        one.retention.erase(one)
        one.refresh_from_db()
        assert "Mona" not in str(one.retention.export(one))
        assert "mona@" not in str(one.retention.export(one))
