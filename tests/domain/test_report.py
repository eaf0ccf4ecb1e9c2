from __future__ import annotations

from datetime import timedelta

from fabrique.domain.report import report
from fabrique.live.room import Room
from tests.laws import rooms


def made(prepared_before):
    """The report of a session whose people come and act an hour or so after it was prepared."""
    plan = rooms.plan("vote")
    room = Room(plan, rooms.KINDS)
    session = room.session
    journal = []
    for one in rooms.PEOPLE:
        rooms.ask(room, journal, "join", one, {})
    rooms.ask(room, journal, "open", "", {"step": "one"})
    for attendee in session.people.values():
        attendee.joined_at += prepared_before
    for run in session.runs.values():
        run.opened_at += prepared_before
    session.ended_at = rooms.START + prepared_before + timedelta(minutes=50, seconds=59)
    return report(session, rooms.KINDS, {}, "0" * 16)


def test_a_session_begins_when_announced_if_people_were_there():
    found = made(timedelta(0))
    assert found.starts_at == rooms.START
    assert found.facts[-1].value.params == {"n": 50}


def test_a_session_prepared_the_day_before_begins_when_its_first_step_opens():
    found = made(timedelta(days=1))
    assert found.starts_at == rooms.START + timedelta(days=1, seconds=3)
    assert found.facts[-1].value.params == {"n": 50}
