"""The pages where an address is left, seen by the team, taken out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from fabrique.actions import addresses
from fabrique.actions.access import SEAT_LASTS, read_seat
from fabrique.actions.addresses import letters_of
from fabrique.actions.animate import create_session, take_seat
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import Entry
from fabrique.domain.lines import Joined, Opened
from fabrique.domain.pace import Dated, Shut, Why
from fabrique.domain.session import Plan
from fabrique.jobs.send import Worker
from fabrique.live.screens import Figures, parts
from fabrique.store.here import here, kinds, plan_of, prepared
from fabrique.store.journal import Append
from fabrique.store.models import Address, Dispatch, Reminder, Shift
from fabrique.web.render import render
from tests.store.instance import START

MAILS = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend", "MAILS": True}


@pytest.fixture(autouse=True)
def _clean():
    Address.objects.all().delete()
    Reminder.objects.all().delete()
    Dispatch.objects.all().delete()
    Shift.objects.all().delete()
    mail.outbox = []


def say(session, verb, body):
    head = here().head(session.id)
    seq = head.last_seq + 1
    line = Entry(seq, timezone.now(), "", f"o{seq}", None, f"session.{verb}", 1, body)
    here().append([Append(head.id, seq - 1, (line,), ())])


@pytest.fixture
def dated(session):
    say(session, "dated", Dated(until=timezone.now() + timedelta(days=3)))
    say(session, "addresses", Why(why="<b>Vous</b> envoyer le compte-rendu"))
    return session


def at(session, page):
    return f"/s/{session.code}/{page}"


@pytest.mark.usefixtures("dated")
def test_the_door_says_when_it_closes(client, session):
    page = client.get(at(session, "")).content.decode()
    assert "Ferme" in page
    assert "dans 3 jours" in page
    say(session, "shut", Shut())
    assert "plus rien n’est pris" in client.get(at(session, "")).content.decode()


@pytest.mark.usefixtures("dated")
def test_an_address_is_left_without_a_seat_and_taken_out(client, session):
    page = client.get(at(session, "address")).content.decode()
    assert "&lt;b&gt;Vous&lt;/b&gt; envoyer" in page
    assert 'name="remind"' not in page  # this house sends no mail: none is promised
    given = {"email": "Ana@example.org", "contact": "1", "remind": "1"}
    done = client.post(at(session, "address"), given)
    (row,) = addresses.listed(session.id)
    assert (row.email, row.remind, row.contact) == ("ana@example.org", False, True)
    link = re.search(r'href="[^"]*(/s/[^"]+/address/[^"]+)"', done.content.decode())[1]
    asked = client.get(link)
    assert asked.status_code == 200
    assert addresses.listed(session.id) == [row]  # a mail program opens links
    assert client.post(link).status_code == 200
    assert addresses.listed(session.id) == []


@pytest.mark.usefixtures("dated")
def test_what_cannot_be_kept_is_said_and_stays_typed(client, session):
    page = client.post(at(session, "address"), {"email": "ana@", "contact": "1"})
    assert page.status_code == 400
    assert 'value="ana@"' in page.content.decode()
    assert addresses.listed(session.id) == []


@pytest.mark.usefixtures("dated")
def test_a_forged_link_takes_nothing_out(client, session):
    assert client.get(at(session, "address/123:abc")).status_code == 403


def test_nothing_is_asked_where_nothing_is_said(client, session):
    page = client.get(at(session, "address")).content.decode()
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]
    client.post(at(session, "address"), {"email": "ana@example.org", "contact": "1"})
    assert addresses.listed(session.id) == []


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("page", ["addresses", "addresses.csv"])
def test_only_the_team_sees_them(seated, session, page):
    assert seated.get(at(session, page)).status_code == 403
    assert seated.post(at(session, page), {"remind": "1"}).status_code in (403, 405)


@pytest.mark.usefixtures("dated")
def test_the_team_reads_takes_and_erases(leading, session):
    leading.post(at(session, "address"), {"email": "ana@example.org", "contact": "1"})
    page = leading.get(at(session, "addresses")).content.decode()
    assert "ana@example.org" in page
    table = leading.get(at(session, "addresses.csv"))
    assert table.headers["Content-Disposition"].startswith("attachment")
    assert "ana@example.org" in table.content.decode()
    (row,) = addresses.listed(session.id)
    assert leading.post(at(session, "addresses"), {"erase": row.pk}).status_code == 302
    assert addresses.listed(session.id) == []
    assert leading.post(at(session, "addresses"), {"erase": "x"}).status_code == 404


@pytest.mark.usefixtures("dated")
def test_the_reminder_is_sent_once(leading, session, settings_of):
    with settings_of(**MAILS):
        assert 'name="remind"' in leading.get(at(session, "address")).content.decode()
        leading.post(at(session, "address"), {"email": "ana@example.org", "remind": "1"})
        done = leading.post(at(session, "addresses"), {"remind": "1"})
        assert "On écrit à 1 personne" in done.content.decode().replace("\u00a0", " ")
        assert mail.outbox == []  # the worker sends, nobody else
        worker = Worker({})
        worker.round()
        again = leading.post(at(session, "addresses"), {"remind": "1"})
        assert again.status_code == 400
        assert "une fois suffit" in again.content.decode()
        assert [one.to for one in mail.outbox] == [["ana@example.org"]]
        # Another date is another reminder.
        say(session, "dated", Dated(until=timezone.now() + timedelta(days=9)))
        leading.post(at(session, "addresses"), {"remind": "1"})
        worker.round()
        assert len(mail.outbox) == 2
        letters_of(session.id).update(state="failed")
        page = leading.get(at(session, "addresses")).content.decode()
        assert "2 adresses" not in page  # of this date alone
        assert "1 adresse n’a pu être jointe" in page.replace("\u00a0", " ")


@pytest.mark.usefixtures("dated")
def test_a_reminder_leaves_by_letters_and_goes_with_its_address_or_with_the_date(
    leading, session, settings_of
):
    with settings_of(**MAILS):
        tokens = [
            addresses.leave(session.id, f"{name}@example.org", remind=True, contact=False)
            for name in ("zoe", "ana", "bo")
        ]
        leading.post(at(session, "addresses"), {"remind": "1"})
    rows = letters_of(session.id).order_by("id")
    assert [row.to for row in rows] == ["ana@example.org", "bo@example.org", "zoe@example.org"]
    addresses.take_out(tokens[0])
    assert [row.to for row in rows.all()] == ["ana@example.org", "bo@example.org"]
    assert {row.stale_at for row in rows} == {prepared(session).pace.until}
    addresses.forget_old(timezone.now() + timedelta(days=4))
    assert not rows.all()


@pytest.mark.usefixtures("dated")
def test_a_reminder_that_had_not_left_makes_way_for_that_of_another_date(
    leading, session, settings_of
):
    addresses.leave(session.id, "ana@example.org", remind=True, contact=False)
    with settings_of(**MAILS):
        leading.post(at(session, "addresses"), {"remind": "1"})
        say(session, "dated", Dated(until=timezone.now() + timedelta(days=9)))
        leading.post(at(session, "addresses"), {"remind": "1"})
    (row,) = letters_of(session.id)
    assert "dans 9 jours" in row.body


@pytest.mark.usefixtures("dated")
def test_no_mail_is_said_never_silent(leading, session):
    addresses.leave(session.id, "ana@example.org", remind=True, contact=False)
    assert "FABRIQUE_MAIL_URL" in leading.get(at(session, "addresses")).content.decode()
    done = leading.post(at(session, "addresses"), {"remind": "1"})
    assert done.status_code == 400
    assert "FABRIQUE_MAIL_URL" in done.content.decode()


@pytest.mark.usefixtures("dated")
def test_the_closing_is_for_ones_own_calendar(client, session):
    event = client.get(at(session, "closing.ics"))
    assert event.headers["Content-Type"].startswith("text/calendar")
    assert event.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_without_a_date_there_is_no_event(client, session):
    assert client.get(at(session, "closing.ics")).status_code == 404


def test_moments_are_by_the_clocks_of_the_session(client):
    """The house is in Paris, the session is not."""
    plan = Plan("Enquête", "enquête", "fr", timezone.now(), timezone="Pacific/Noumea")
    head = create_session(plan)
    until = (timezone.now() + timedelta(days=3)).replace(hour=7, minute=0)  # 18:00 there
    say(head, "dated", Dated(until=until))
    assert "à 18\u00a0h<" in client.get(at(head, "")).content.decode()
    drawn = parts(prepared(here().head(head.id)), kinds(), "console", {}, Figures())
    panel = next(one for one in drawn if one.key == "session-pace")
    html = render("pace", "panel", panel.view, "fr", panel)
    assert 'T18:00"' in html
    assert "À l’heure de Pacific/Noumea." in html


def test_a_seat_is_kept_anew_each_time_its_link_is_opened(client, session):
    client.cookies["seat"] = take_seat(session.id, "Zoé")
    kept = client.get(at(session, "")).cookies["seat"]
    assert read_seat(kept.value) == read_seat(client.cookies["seat"].value)
    assert kept["max-age"] == SEAT_LASTS


@pytest.mark.usefixtures("dated")
def test_what_i_sent_says_its_day_where_days_count(client, session):
    token = take_seat(session.id)
    who = read_seat(token).participant
    lines = [
        Entry(3, START, who, "j", None, "session.joined", 1, Joined()),
        Entry(4, START, "", "o", "r1", "session.opened", 1, opened(session)),
        Entry(5, START, who, "a", "r1", "vote.answer", 1, {"choice": (0,)}),
    ]
    here().append([Append(session.id, 2, tuple(lines), ())])
    client.cookies["seat"] = token
    assert "Enregistré dimanche 29 mars à 1\u00a0h\u00a030" in client.get(at(session, "mine")).text


def opened(session):
    step = plan_of(session).steps[0]
    return Opened(definition=definition_data(step), paced=True)
