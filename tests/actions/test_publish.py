"""A gathering becomes public and is taken back: who is told, in which words, and nobody twice."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from fabrique.actions import interest, messages, publish
from fabrique.actions.edit import Wrong, change, read
from fabrique.actions.history import past_of
from fabrique.actions.news import gone_address, hear_no_more, readers
from fabrique.domain.gathering import State
from fabrique.domain.text import Invalid
from fabrique.store.models import Dispatch, Gathering, Interest, Pool, Registration
from tests.store.made import gathering, person

NOW = timezone.now()
HOUSE = {"MAIL_LIST": "liste@example.org", "DISCORD": {"cafe": "http://127.0.0.1:9/"}}


@pytest.fixture(autouse=True)
def _house():
    with override_settings(**HOUSE):
        yield


@pytest.fixture
def by():
    return person()


def prepared(**fields):
    return gathering(state="prepared", question="Qui vient ?", **fields)


def meant(about, answer, email):
    return interest.answer(about, answer, NOW, name="Ana", email=email, person=None)


def registered(about, email, state="confirmed"):
    pool = Pool.objects.get_or_create(gathering=about, title="Salle")[0]
    return Registration.objects.create(
        gathering=about, pool=pool, email=email, name="Bob", state=state
    )


def drafts(about, state="draft"):
    rows = Dispatch.objects.filter(about=f"gathering:{about.pk}", state=state)
    return sorted((row.relay, row.to) for row in rows)


LIST = [("discord", "cafe"), ("email", "liste@example.org")]


def test_from_a_date_to_keep_to_seats_those_who_may_come_are_told(by):
    about = prepared()
    publish.announce(about, by, NOW)
    assert (about.state, about.sequence) == ("announced", 1)
    assert drafts(about) == LIST
    meant(about, "yes", "yes@example.org")
    meant(about, "maybe", "maybe@example.org")
    meant(about, "no", "no@example.org")
    publish.publish(about, by, NOW)
    assert (about.state, about.sequence, about.published_at) == ("published", 2, NOW)
    people = [("email", "maybe@example.org"), ("email", "yes@example.org")]
    assert drafts(about) == sorted([*LIST, *people])
    assert drafts(about, "dropped") == LIST
    assert [one.verb for one in past_of(about)] == ["gathering.announced", "gathering.published"]


def test_a_date_to_keep_says_no_place(by):
    about = prepared(mode="site", place="La Criée")
    publish.announce(about, by, NOW)
    told = Dispatch.objects.filter(about=f"gathering:{about.pk}")
    assert all("Criée" not in row.body + str(row.files) for row in told)


def test_those_who_are_registered_are_told_why_with_their_calendar(by):
    about = gathering()
    registered(about, "in@example.org")
    registered(about, "queue@example.org", "waiting")
    registered(about, "left@example.org", "cancelled")
    publish.postpone(about, by, NOW, reason="La salle est prise.", until_when=" l’automne ")
    assert (about.state, about.until_when, about.sequence) == ("postponed", "l’automne", 1)
    people = [("email", "in@example.org"), ("email", "queue@example.org")]
    assert drafts(about) == sorted([*LIST, *people])
    row = Dispatch.objects.get(to="in@example.org", about=f"gathering:{about.pk}")
    assert "La salle est prise." in row.body
    assert "l’automne" in row.body
    (file,) = row.files
    assert "method=CANCEL" in file["media_type"]
    assert "STATUS:CANCELLED" in file["body"]
    assert row.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        "List-Unsubscribe"
        not in Dispatch.objects.get(to="liste@example.org", about=f"gathering:{about.pk}").headers
    )


def test_what_waits_to_leave_is_replaced_by_what_is_true_now(by):
    about = prepared()
    publish.publish(about, by, NOW)
    (mail,) = [one for one in messages.of(about) if one.relay == "email"]
    messages.release(mail.key, f"gathering:{about.pk}", by, NOW)
    publish.cancel(about, by, NOW, reason="Plus personne.")
    assert drafts(about, "released") == []
    assert drafts(about, "dropped") == LIST
    assert drafts(about) == LIST


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"starts_at": None, "ends_at": None}, "no date"),
        ({"days": -1}, "past"),
        ({"ends_at": None}, "no end"),
        ({"mode": "site"}, "no place"),
        ({"question": ""}, "what it is about"),
    ],
)
def test_nobody_is_invited_before_all_is_said(by, fields, says):
    about = gathering(**{"state": "prepared", "question": "?", **fields})
    with pytest.raises(Invalid, match=says):
        publish.publish(about, by, NOW)
    about.refresh_from_db()
    assert (about.state, drafts(about), list(past_of(about))) == ("prepared", [], [])


@pytest.mark.parametrize("state", [State.DRAFT, State.PROPOSED, State.DECLINED, State.CANCELLED])
def test_no_state_is_jumped_over(by, state):
    about = gathering(state=state.value, question="?")
    for verb in (publish.announce, publish.publish):
        with pytest.raises(Invalid, match="cannot become"):
            verb(about, by, NOW)
    with pytest.raises(Invalid):
        publish.cancel(about, by, NOW, reason="Non.")


def test_a_reason_is_asked_and_two_who_decide_at_once_decide_once(by):
    about = gathering()
    with pytest.raises(Invalid, match="why"):
        publish.cancel(about, by, NOW, reason="  ")
    other = Gathering.objects.get(pk=about.pk)
    publish.cancel(about, by, NOW, reason="Non.")
    with pytest.raises(Invalid, match="meanwhile"):
        publish.postpone(other, by, NOW, reason="Oui.", until_when="")
    assert Gathering.objects.get(pk=about.pk).state == "cancelled"


def form(row, **changes):
    day = row.starts_at + timedelta(days=3)
    given = {"title": row.title, "question": row.question, "day": f"{day:%Y-%m-%d}"}
    return given | {"opens": "18:30", "closes": "20:30", "mode": "remote"} | changes


def test_a_change_of_date_is_told_and_calendars_move(by):
    about = gathering(question="?")
    registered(about, "in@example.org")
    texts = read(form(about), about.zone)
    (told,) = change(about, texts, by, NOW)
    assert (about.sequence, told.what.msgid) == (1, "Date")
    row = Dispatch.objects.get(to="in@example.org", about=f"gathering:{about.pk}")
    assert f"{told.before} → {told.after}" in row.body
    assert "SEQUENCE:1" in row.files[0]["body"]
    assert change(about, texts, by, NOW) == ()
    assert len(list(past_of(about))) == 1


def test_what_nobody_has_to_know_is_changed_in_silence(by):
    about = gathering(question="?")
    given = form(about)
    change(about, read(given, about.zone), by, NOW)
    Dispatch.objects.filter(about=f"gathering:{about.pk}").delete()
    assert change(about, read(given | {"about": "Encore."}, about.zone), by, NOW) == ()
    assert (about.about, about.sequence, drafts(about)) == ("Encore.", 1, [])


def test_before_it_is_public_nothing_is_told(by):
    about = prepared()
    assert change(about, read(form(about), about.zone), by, NOW)
    assert drafts(about) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"day": "demain"}, "day"),
        ({"day": "", "last": "2026-01-01"}, "day"),
        ({"opens": "18h"}, "opens"),
        ({"opens": "20:30", "closes": "18:30"}, "opens"),
        ({"day": "2026-03-29", "opens": "02:30", "closes": "05:00"}, "opens"),
        ({"last": "2099-01-01"}, "opens"),
        ({"target": "-3"}, "target"),
        ({"target": "٣"}, "target"),
        ({"about": "x" * 20_001}, "about"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changes, field):
    with pytest.raises(Wrong) as refused:
        read(form(gathering(), **changes), "Europe/Paris")
    assert list(refused.value.fields) == [field]


def test_answers_are_counted_once_and_the_last_one_counts():
    about = gathering(state="announced", target=4)
    somebody = person()
    for answer in ("no", "yes"):
        interest.answer(about, answer, NOW, name="", email="", person=somebody)
    meant(about, "yes", "Ana@Example.org")
    meant(about, "maybe", "ana@example.org")
    meant(about, "no", "bob@example.org")
    registered(about, "bob@example.org")
    found = interest.gauge(about)
    assert (found.yes, found.maybe, found.no, found.registered) == (1, 1, 0, 1)
    assert (found.coming, found.share) == (2, 50)


def test_knowing_an_address_does_not_change_what_its_owner_said():
    about, somebody = gathering(state="announced"), person("Zoe")
    interest.answer(about, "yes", NOW, name="", email="", person=somebody)
    meant(about, "no", somebody.email)
    assert Interest.objects.get(gathering=about).answer == "yes"


@pytest.mark.parametrize(
    ("answer", "name", "email"),
    [("yes", "", "a@example.org"), ("yes", "Ana", "a@"), ("oui", "Ana", "a@example.org")],
)
def test_an_answer_that_cannot_be_is_refused(answer, name, email):
    about = gathering(state="announced")
    with pytest.raises(Invalid):
        interest.answer(about, answer, NOW, name=name, email=email, person=None)
    with pytest.raises(Invalid):
        interest.answer(gathering(), "yes", NOW, name="A", email="a@b.org", person=None)


def test_whoever_asks_hears_no_more_of_this_and_goes_on_hearing_of_the_rest():
    about, other = gathering(state="announced"), gathering(state="announced")
    for one in (about, other):
        meant(one, "yes", "silent@example.org")
    token = gone_address("silent@example.org", f"gathering:{about.pk}").rpartition("/")[2]
    assert "silent" not in token
    hear_no_more(token, NOW)
    hear_no_more(token, NOW)
    assert (readers(about), readers(other)) == ([], ["silent@example.org"])


def test_a_message_is_rewritten_for_all_then_released_then_out_of_reach(by):
    about = gathering()
    for n in range(3):
        registered(about, f"p{n}@example.org")
    publish.cancel(about, by, NOW, reason="Non.")
    here = f"gathering:{about.pk}"
    (batch,) = [one for one in messages.of(about) if one.key.endswith(":people")]
    assert (batch.count, batch.state) == (3, "draft")
    messages.rewrite(batch.key, here, "Autre", "Mots\r\nà nous", by)
    with pytest.raises(Invalid):
        messages.rewrite(batch.key, here, "", "Mots", by)
    with pytest.raises(Invalid):
        messages.release(batch.key, "gathering:another", by, NOW)
    messages.release(batch.key, here, by, NOW)
    rows = Dispatch.objects.filter(batch=batch.key)
    assert {(row.subject, row.body, row.state, row.released_by) for row in rows} == {
        ("Autre", "Mots\nà nous\n", "released", by)
    }
    with pytest.raises(Invalid):
        messages.release(batch.key, here, by, NOW)
    messages.drop(batch.key, here, by)
    assert {row.state for row in rows.all()} == {"dropped"}


def test_what_is_past_is_not_released(by):
    about = gathering()
    publish.cancel(about, by, NOW, reason="Non.")
    batch = messages.of(about)[0]
    with pytest.raises(Invalid):
        messages.release(batch.key, None, by, about.ends_at + timedelta(hours=1))
    assert Dispatch.objects.filter(batch=batch.key, state="sent").count() == 0


@pytest.mark.parametrize(
    ("mode", "seats", "opened"),
    [
        ("remote", {"remote": 30}, [("remote", "À distance", 30)]),
        ("site", {}, [("site", "Sur place", None)]),
        ("hybrid", {"site": 12}, [("site", "Sur place", 12), ("remote", "À distance", None)]),
    ],
)
def test_seats_open_with_the_publication_and_the_words_say_that_one_registers(
    by, mode, seats, opened
):
    about = prepared(mode=mode, place="La Criée")
    publish.publish(about, by, NOW, seats)
    assert list(about.pools.order_by("id").values_list("kind", "title", "size")) == opened
    told = Dispatch.objects.get(to="liste@example.org", about=f"gathering:{about.pk}")
    assert "inscriptions ouvertes" in told.subject


def test_without_seats_nobody_is_told_to_register(by):
    about = prepared()
    publish.publish(about, by, NOW)
    assert not about.pools.exists()
    told = Dispatch.objects.get(to="liste@example.org", about=f"gathering:{about.pk}")
    assert "inscri" not in told.subject + told.body.lower()


def test_seats_that_are_there_stay_as_they_are(by):
    about = prepared()
    Pool.objects.create(gathering=about, title="Salle", size=8)
    publish.publish(about, by, NOW, {"remote": 30})
    assert [(one.title, one.size) for one in about.pools.all()] == [("Salle", 8)]


def test_what_cannot_be_published_opens_no_seats(by):
    about = prepared(mode="site")
    with pytest.raises(Invalid):
        publish.publish(about, by, NOW, {})
    assert not about.pools.exists()
