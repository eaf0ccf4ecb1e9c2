"""A session and its recording share one clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.server import CAFE
from fabrique.domain import archive
from fabrique.domain.aligned import Clock, chapters, guess, happened_at
from fabrique.domain.material import gather
from fabrique.domain.registry import discover
from fabrique.domain.results import ordered_runs
from fabrique.domain.session import Session, fold
from fabrique.domain.timeline import began_at
from fabrique.domain.transcript import Cue, Transcript
from fabrique.importers.script import read_script
from fabrique.live.play import play

KINDS = discover("fabrique.activities")
AT = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
HELD = (AT, AT + timedelta(hours=1))
HOUR = 3_600_000


@pytest.fixture(scope="module")
def cafe():
    content = play(read_script(CAFE.read_bytes(), KINDS), KINDS).content
    found = archive.read(content, KINDS)
    return content, found, fold(Session(found.plan), found.entries, KINDS)


def test_what_was_not_recorded_is_heard_where_it_goes_on():
    clock = Clock(AT, ((0, 0), (60_000, 100_000)))
    places = [clock.place(AT + timedelta(seconds=n)) for n in (-5, 0, 30, 70, 99, 100, 130)]
    assert places == [-5000, 0, 30_000, 60_000, 60_000, 60_000, 90_000]


@given(st.integers(0, 200_000), st.integers(-500_000, 500_000))
def test_what_is_set_by_ear_is_heard_there(place, after):
    at = AT + timedelta(milliseconds=after)
    parts = ((0, 0), (60_000, 100_000))
    assert Clock(AT, parts).set_by(at, place).place(at) == place


def test_chapters_are_the_activities_and_the_first_is_what_was_going_on(cafe):
    _, _, session = cafe
    runs = sorted(ordered_runs(session), key=lambda one: one.opened_at)
    clock = Clock(runs[1].opened_at + timedelta(seconds=5))
    found = chapters(session, clock, 10 * HOUR)
    assert found[0] == (0, runs[1].definition.title)
    assert [title for _, title in found] == [one.definition.title for one in runs[1:]]
    assert [at for at, _ in found] == sorted({at for at, _ in found})
    assert chapters(session, clock, 1) == found[:1]
    late = Clock(runs[0].opened_at - timedelta(seconds=7))
    assert chapters(session, late, 10 * HOUR)[0] == (7000, runs[0].definition.title)


def test_windows_of_extracts_follow_the_clock(cafe):
    content, found, session = cafe
    talk = Transcript(tuple(Cue(n * 30_000, n * 30_000 + 900, "oui") for n in range(60)))
    told = gather(talk, (content, found), KINDS)
    same = gather(talk, (content, found), KINDS, clock=Clock(began_at(session)))
    later = gather(
        talk, (content, found), KINDS, clock=Clock(began_at(session) - timedelta(minutes=5))
    )
    assert told.windows == same.windows != later.windows
    first = next(one for one in told.windows if one.title and one.start)
    moved = next(one for one in later.windows if one.title == first.title)
    assert moved.start - first.start == 300_000


def test_an_idea_a_message_a_note_and_a_slide_have_their_moment(cafe):
    _, found, session = cafe
    entries = found.entries
    idea = next(one for one in entries if one.kind == "ideas.answer")
    assert happened_at(f"a:{idea.run}", idea.body.text, session, entries) == idea.at
    run = session.runs[idea.run]
    for ref in (f"a:{idea.run}", f"a:{run.definition.id}"):
        assert happened_at(ref, "12 personnes", session, entries) == run.opened_at
    said = next(one for one in entries if one.kind == "chat.say")
    assert happened_at(f"m:{said.seq}", said.body.text, session, entries) == said.at
    shown = next(one for one in entries if one.kind == "slides.show")
    ref = f"s:{shown.run}/{shown.body.page}"
    assert happened_at(ref, "", session, entries) == shown.at
    for none in ("t:1", "r:guide", "a:rien", "m:99999", "s:rien/1", "x"):
        assert happened_at(none, "", session, entries) is None


@pytest.mark.parametrize(
    ("title", "written", "began"),
    [
        ("GMT20261130-100200_Recording.m4a", "", (AT + timedelta(minutes=2), "name")),
        ("2026-11-30 11-02-00.mkv", "", (AT + timedelta(minutes=2), "name")),
        ("20261130_110200.m4a", "", (AT + timedelta(minutes=2), "name")),
        ("table 3.m4a", "2026-11-30T10:01:00.000000Z", (AT + timedelta(minutes=1), "file")),
        ("table 3.m4a", "2026-11-30T11:00:00Z", (AT, "file")),  # when it ended
        ("table 3.m4a", "2026-11-28T10:01:00Z", None),
        ("2026-11-30 23-02-00.mkv", "", None),
        ("2026-13-45 99-99-99.mkv", "hier", None),
        ("table 3.m4a", "", None),
    ],
)
def test_a_clock_is_guessed_where_it_is_plausible_alone(title, written, began):
    assert guess(title, written, HOUR, HELD, PARIS) == began
