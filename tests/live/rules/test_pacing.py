"""Open until a date: everybody at their own pace, and the date closes."""

from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain import archive
from fabrique.domain.archive import Archive
from fabrique.domain.pace import moment
from fabrique.domain.run import Phase
from fabrique.domain.session import Participant
from fabrique.domain.text import Invalid
from fabrique.live.order import current_runs
from fabrique.live.room import Accepted
from tests.importers.scripts import KINDS
from tests.live.rules.driver import START, Driver

TIER = {"kind": "single", "id": "tier", "title": "Vous êtes", "options": ["Lieu", "Compagnie"]}
RACE = {"settings": {"answer": "text", "accepted": ["a"]}}
STEPS = (
    {"kind": "questionnaire", "id": "ask", "title": "Une question", "questions": [TIER]},
    {"kind": "pause", "id": "pause", "title": "On souffle"},
    {"kind": "ideas", "id": "ideas", "title": "Des idées"},
    {"kind": "challenge", "id": "race", "title": "Le premier", **RACE},
)
DATE, CLOSES = "2026-03-12T18:00", datetime(2026, 3, 12, 17, tzinfo=UTC)  # Paris is an hour ahead
END = (CLOSES - START).total_seconds()
LATER = CLOSES + timedelta(days=2)


@pytest.fixture
def room():
    return Driver(STEPS)


@pytest.fixture
def paced(room):
    room.send("pace.until", until=DATE)
    room.send("pace.open", at=10)
    return room


def answer(room, who, at, choice=1):
    body = {"question": "tier", "answer": {"choice": [choice]}}
    return room.send("answer", who, "r1", at=at, **body)


def test_a_date_is_read_by_the_clocks_of_the_session(room):
    room.send("pace.until", until=DATE)
    assert room.session.pace.until == CLOSES
    assert moment("2026-07-01T09:30", "Europe/Paris") == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    assert moment("2026-03-12T18:00", "America/Cayenne") == datetime(2026, 3, 12, 21, tzinfo=UTC)
    # The hour that comes twice is the first; the one that is skipped is after the jump.
    assert moment("2026-10-25T02:30", "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment("2026-03-29T02:30", "Europe/Paris") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["demain", "2026-13-01T10:00", "0001-01-01T00:00", "٢"])
def test_what_is_no_date_is_invalid(text):
    with pytest.raises(Invalid) as error:
        moment(text, "Europe/Paris")
    assert error.value.where == ".until"


def test_a_date_is_to_come_and_not_too_far(room):
    assert room.why("pace.until", until="2026-03-09T14:59") == "past"
    assert room.why("pace.until", until="2026-06-09T15:00") == "too_far"
    assert room.why("pace.open") == "no_date"


def test_it_opens_all_that_can_be_answered_alone(paced):
    runs = paced.session.runs
    assert [(run.definition.id, run.closes_at, run.paced) for run in runs.values()] == [
        ("ask", CLOSES, True),
        ("ideas", CLOSES, True),
    ]
    assert paced.why("pace.open") == "nothing_to_open"
    assert [run.id for run in current_runs(paced.session)] == ["r1", "r2"]


def test_what_is_added_later_opens_beside_the_rest(paced):
    paced.send("order.add", step={"kind": "ideas", "title": "Encore"}, before="ask")
    paced.send("pace.open")
    assert [run.id for run in current_runs(paced.session)] == ["r3", "r1", "r2"]


def test_minds_change_until_the_date_and_not_after(paced):
    assert isinstance(answer(paced, "ana", 20, 0), Accepted)
    assert isinstance(answer(paced, "ana", END - 1, 1), Accepted)
    assert isinstance(answer(paced, "bo", END + 1.9), Accepted)  # it was on its way
    late = answer(paced, "bo", END + 2, 0)
    assert late.why == "closed"
    assert "kept" in late.text.msgid
    assert paced.session.runs["r1"].state.latest["tier"].current["bo"].choice == (1,)


def test_a_date_is_the_same_for_all(paced):
    """Who has more time than others has it where time is counted, not beyond a date."""
    paced.send("allow", "ana", percent=100, at=15)
    assert answer(paced, "ana", END + 3).why == "closed"


def test_nothing_is_taken_after_the_date_even_if_nobody_closed(paced):
    """The server was down: the date closed all the same."""
    assert paced.session.runs["r1"].closed_at is None
    assert answer(paced, "ana", END + 3600).why == "closed"
    paced.send("pace.close", at=END + 7200)
    assert paced.journal[-3].kind == "session.shut"
    assert paced.journal[-3].body.until == CLOSES  # the cause
    assert [run.phase for run in paced.session.runs.values()] == [Phase.CLOSED] * 2


def test_closing_by_hand_says_no_date(paced):
    paced.send("pace.close", at=60)
    assert paced.journal[-3].body.until is None
    assert answer(paced, "ana", 63).why == "closed"
    assert paced.why("pace.close") == "already_closed"


@pytest.mark.parametrize("closed", [False, True])
def test_another_date_is_one_act(paced, closed):
    answer(paced, "ana", 20)
    if closed:
        paced.send("pace.close", at=END + 5)
    paced.send("pace.until", at=END + 60, until="2026-03-14T18:00")
    runs = paced.session.runs
    assert [(run.closes_at, run.closed_at) for run in runs.values()] == [(LATER, None)] * 2
    assert isinstance(answer(paced, "ana", END + 90, 0), Accepted)
    assert runs["r1"].state.latest["tier"].changes == {"ana": 1}


def test_what_was_shown_or_closed_apart_does_not_open_again(paced):
    paced.send("close", run="r1", at=50)
    paced.send("pace.close", at=60)
    paced.send("reveal", run="r2", at=70)
    paced.send("pace.until", at=80, until="2026-03-14T18:00")
    assert all(run.closed_at for run in paced.session.runs.values())


def test_more_minutes_are_not_for_a_date(paced):
    assert paced.why("extend", run="r1", seconds=60) == "at_pace"
    assert paced.why("pace.until", until="") == "at_pace"
    paced.send("pace.close", at=60)
    paced.send("pace.until", until="")
    assert paced.session.pace.until is None


def test_the_room_comes_back_when_a_step_is_opened_for_all(paced):
    paced.send("pace.close", at=60)
    paced.send("open", step="race")
    assert [run.definition.id for run in current_runs(paced.session)] == ["race"]


def test_who_was_invited_is_written_line_by_line(room):
    room.send("pace.invited", people=840)
    room.send("pace.sort", name="Type", lines="Lieu : 1 120\n\nCompagnie\t20", question="ask/tier")
    pace = room.session.pace
    assert pace.invited == 840
    found = pace.sorts["Type"]
    assert [(one.label, one.people) for one in found.groups] == [("Lieu", 1120), ("Compagnie", 20)]
    assert found.question == ("ask", "tier")
    room.send("pace.sort", name="Type", lines="")
    assert room.session.pace.sorts == {}


@pytest.mark.parametrize("lines", ["Lieu", "120", "Lieu: 1\nLieu: 2", "Lieu: 99999999999999999"])
def test_a_line_that_cannot_be_read_is_named(room, lines):
    assert room.why("pace.sort", name="Type", lines=lines) == "lines"


def test_only_a_question_with_options_can_tell(room):
    with pytest.raises(Invalid):
        room.send("pace.sort", name="Type", lines="Lieu: 1", question="ideas/")
    assert room.why("pace.sort", name=" ", lines="Lieu: 1") == "empty"


def test_only_the_animation_does_it(room):
    for verb in ("pace.until", "pace.open", "pace.close", "pace.address", "pace.invited"):
        assert room.why(verb, "ana") == "role"


def test_the_archive_has_it_all(paced):
    answer(paced, "ana", 20)
    paced.send("pace.close", at=END + 5)
    paced.send("pace.until", at=END + 60, until="2026-03-14T18:00")
    people = (Participant(id="ana", name="Ana"), Participant(id="bo", name="", heads=3))
    whole = archive.write(Archive(paced.plan, people, tuple(paced.journal)))
    assert archive.write(archive.read(whole, KINDS)) == whole
    runs = archive.runs(paced.journal)
    assert [(one["closed_at"], one["closes_at"]) for one in runs] == [
        (None, archive.utc(LATER)),
        (None, archive.utc(LATER)),
    ]
