from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from fabrique.actions import reminders, seats
from fabrique.actions.access import NoAccess
from fabrique.actions.registration_letters import badge_of, read_badge, read_token, token_of
from fabrique.actions.registrations import forget_answers, mobilised
from fabrique.domain.language import language
from fabrique.domain.news import KINDS, News
from fabrique.domain.registration_letter import compose
from fabrique.store.models import Dispatch, Form, Gathering, Pool, Registration
from tests.actions.seats.given import enter, pool
from tests.store.made import gathering, person


def planned(row):
    rows = Dispatch.objects.filter(about=f"registration:{row.pk}", key__startswith="reminder:")
    return list(rows.order_by("due_at"))


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("what", KINDS)
def test_every_letter_says_one_thing_and_the_way_out(what, code):
    at = timezone.now()
    about = News(
        what=what,
        title="Café\nBcc: x@y.z",
        name="Zoé",
        at=at,
        place="Lille",
        link="https://f.example/r/t/",
        about="https://f.example/g/c/",
        room="https://f.example/r/t/room",
        position=3,
        until=at,
    )
    letter = compose(about, language(code))
    assert "\n" not in letter.subject
    assert "{" not in letter.subject + letter.body
    gone = what in ("expired", "declined", "cancelled", "after")
    assert ("https://f.example/r/t/\n" in letter.body) is not gone
    assert ("/room" in letter.body) is (what in ("confirmed", "before", "again"))


def test_a_link_is_of_one_registration_and_a_badge_is_no_link():
    one = uuid4()
    assert read_token(token_of(one)) == read_badge(badge_of(one)) == one
    with pytest.raises(NoAccess):
        read_token(badge_of(one))
    with pytest.raises(NoAccess):
        read_badge(token_of(one))


def test_a_reminder_is_planned_a_day_ahead_once_and_again_when_the_gathering_moves():
    where = pool(5, days=3)
    about, row = where.gathering, enter(where, "Ana")
    start = about.starts_at
    reminders.plan(start - timedelta(days=2, hours=1))
    assert planned(row) == []
    for _ in range(2):
        reminders.plan(start - timedelta(days=2) + timedelta(minutes=1))
    (first,) = planned(row)
    assert (first.due_at, first.state) == (start - timedelta(days=1), "released")
    assert first.stale_at == first.due_at + timedelta(hours=6)
    later = {"starts_at": start + timedelta(hours=2), "ends_at": start + timedelta(hours=4)}
    Gathering.objects.filter(pk=about.pk).update(**later)
    reminders.plan(start - timedelta(days=2) + timedelta(hours=3))
    (moved,) = planned(row)
    assert moved.due_at == first.due_at + timedelta(hours=2)
    far = {"starts_at": start + timedelta(days=20), "ends_at": start + timedelta(days=20)}
    Gathering.objects.filter(pk=about.pk).update(**far)
    reminders.plan(start - timedelta(days=1))
    assert planned(row) == []


def test_who_left_and_what_is_cancelled_are_not_reminded_of():
    where = pool(5, days=1)
    ana, bob = enter(where, "Ana", "Bob")
    now = where.gathering.starts_at - timedelta(hours=2)
    reminders.plan(now)
    assert planned(ana)
    seats.cancel(ana.pk, now)
    reminders.plan(now)
    assert planned(ana) == []
    assert planned(bob)
    Gathering.objects.filter(pk=where.gathering_id).update(state="cancelled")
    reminders.plan(now)
    assert planned(bob) == []


def test_a_reminder_that_was_missed_is_never_planned_late():
    where = pool(5, days=3)
    row = enter(where, "Ana")
    reminders.plan(where.gathering.starts_at - timedelta(minutes=29))
    assert [one.due_at for one in planned(row) if one.due_at < where.gathering.starts_at] == []


def test_who_registers_later_than_a_reminder_has_had_the_confirmation():
    where = pool(5, days=1)
    late = where.gathering.starts_at - timedelta(hours=23)
    row = enter(where, "Ana", now=late)
    reminders.plan(late)
    due = [one.due_at for one in planned(row)]
    assert due == [where.gathering.starts_at - timedelta(hours=1)]


def test_answers_are_erased_when_their_question_says_so():
    asked = [{"id": "a", "kind": "open", "title": "?", "rule": {"kept": 3}}]
    about = gathering(days=-2)
    Form.objects.create(gathering=about, asked=asked)
    row = enter(pool(5, about=about), "Ana", by=person(), answers={"a": {"text": "x"}})
    forget_answers(about.ends_at + timedelta(days=3))
    assert Registration.objects.get(pk=row.pk).answers
    assert forget_answers(about.ends_at + timedelta(days=4)) >= 1
    assert Registration.objects.get(pk=row.pk).answers == {}


def test_how_it_filled_is_read_day_by_day():
    where = pool(5)
    ana, _ = enter(where, "Ana", "Bob")
    seats.cancel(ana.pk, timezone.now())
    ((_, people),) = mobilised(where.gathering)
    assert people == 1


def test_whoever_has_a_seat_gets_it_for_their_calendar_and_nobody_else():
    about = gathering(mode="hybrid", place="La Criée", title="Mardi")
    seated = pool(1, about=about)
    Pool.objects.filter(pk=seated.pk).update(kind="antenna", place="Bibliothèque de Lens")
    first, second = enter(seated, "Ana", "Bob")
    letter = Dispatch.objects.get(about=f"registration:{first.pk}")
    (file,) = letter.files
    assert file["media_type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    event = Calendar.from_ical(file["body"]).walk("VEVENT")[0]
    assert event["UID"] == f"{about.pk}@fabrique"
    assert "Bibliothèque de Lens" in event["LOCATION"]
    assert event.decoded("DTSTART") == about.starts_at.replace(microsecond=0)
    assert Dispatch.objects.get(about=f"registration:{second.pk}").files == []


def test_a_group_adds_its_words_to_the_letters_that_leave_by_themselves():
    about = gathering()
    here = pool(1, about=about, form={"letters": {"confirmed": "Venez avec un crayon.\x07\n"}})
    seated, waiting = enter(here, "Ana", "Bob")
    said = Dispatch.objects.get(about=f"registration:{seated.pk}").body
    assert "\n\nVous avez une place.\n\nVenez avec un crayon.\n\n" in said
    assert "crayon" not in Dispatch.objects.get(about=f"registration:{waiting.pk}").body
