"""What every kind that can be answered alone must obey: a date changes when, not the figures."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain import archive
from fabrique.domain.archive import Archive
from fabrique.domain.results import results
from fabrique.domain.session import Participant
from fabrique.live.room import Room
from fabrique.live.screens import Figures, parts
from tests.laws import rooms
from tests.laws.rooms import KINDS, PEOPLE, START

ALONE = [kind for kind in KINDS if KINDS[kind].own_pace]
UNTIL = (START + timedelta(days=3)).replace(tzinfo=None).isoformat()


def at_own_pace(kind, script):
    """Give a room in which all of `script` was asked, the step being open until a date."""
    room, journal = Room(rooms.plan(kind), KINDS), []
    for n, one in enumerate(PEOPLE):
        rooms.ask(room, journal, "join", one, {"heads": n + 1})
    assert rooms.ask(room, journal, "pace.until", "", {"until": UNTIL})
    assert rooms.ask(room, journal, "pace.open", "", {})
    for who, verb, what in script:
        rooms.ask(room, journal, verb, who, what)
    return room, journal


def test_there_is_something_to_check():
    assert {"questionnaire", "ideas", "board", "vote"} <= set(ALONE)
    assert not any(KINDS[kind].always or not KINDS[kind].asks for kind in ALONE)


@pytest.mark.parametrize("kind", ALONE)
@given(data=st.data())
@settings(max_examples=15)
def test_answered_alone_is_counted_as_answered_together(kind, data):
    script = data.draw(rooms.acts(kind))
    together, _ = rooms.played(kind, script)
    alone, _ = at_own_pace(kind, script)
    assert results(alone.session, KINDS)["steps"] == results(together.session, KINDS)["steps"]
    assert alone.refused == together.refused


@pytest.mark.parametrize("kind", ALONE)
@given(data=st.data())
@settings(max_examples=10)
def test_its_archive_gives_it_back(kind, data):
    _, journal = at_own_pace(kind, data.draw(rooms.acts(kind)))
    people = tuple(Participant(id=one, name="", heads=n) for n, one in enumerate(PEOPLE, 1))
    whole = archive.write(Archive(rooms.plan(kind), people, tuple(journal)))
    assert archive.write(archive.read(whole, KINDS)) == whole


@pytest.mark.parametrize("kind", ALONE)
def test_a_phone_counts_no_time_down_and_the_console_adds_none(kind):
    room, _ = at_own_pace(kind, [])
    for screen in ("phone", "console"):
        drawn = parts(room.session, KINDS, screen, {}, Figures())
        views = [one.view for one in drawn if one.key == "r1"]
        assert [(one.closes_at, one.paced) for one in views] == [(None, True)]
