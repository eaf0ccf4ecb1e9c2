from __future__ import annotations

from datetime import timedelta

from msgspec import structs

from fabrique.domain.blocks import Chart
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


def test_a_scale_of_thousands_makes_a_small_report_and_keeps_every_figure():
    plan = rooms.plan("vote")
    long = structs.replace(plan.steps[0], settings=type(plan.steps[0].settings)(scale=10_000))
    room = Room(structs.replace(plan, steps=(long, *plan.steps[1:])), rooms.KINDS)
    journal = []
    for one in rooms.PEOPLE:
        rooms.ask(room, journal, "join", one, {})
    rooms.ask(room, journal, "open", "", {"step": long.id})
    for value, one in enumerate(rooms.PEOPLE, 5000):
        rooms.ask(room, journal, "answer", one, {"value": value})
    found = report(room.session, rooms.KINDS, {}, "0" * 16, everything=True)
    chart = next(b for b in found.sections[0].blocks if isinstance(b, Chart))
    assert len(chart.table.rows) == len(rooms.PEOPLE)
    assert len(chart.drawing.bars) == 20
    assert len(found.results["steps"][0]["distribution"]) == 10_000


def test_who_answered_what_is_only_for_those_who_ran_the_session():
    room, _ = rooms.played("vote", [("ana", "answer", {"value": 3})])
    for everything in (True, False):
        found = report(room.session, rooms.KINDS, {}, "0" * 16, everything=everything)
        ids = [one.id for one in found.listings]
        assert ids == (["steps", "results", "1-vote"] if everything else [])
