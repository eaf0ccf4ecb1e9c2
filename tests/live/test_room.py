from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid, Refusal
from fabrique.live.room import Accepted, Known, Room
from tests.importers.scripts import KINDS

START = datetime(2026, 3, 9, 14, tzinfo=UTC)
STEPS = (
    {"kind": "word_cloud", "id": "words", "title": "Un mot"},
    {"kind": "vote", "id": "vote", "title": "Un vote", "settings": {"scale": 5}},
)
CHAT = {"kind": "chat", "id": "chat", "title": "Fil"}


class Driver:
    """Send ops to a room, one a second unless said otherwise; keep its journal."""

    def __init__(self):
        steps = tuple(read_definition(one, KINDS) for one in STEPS)
        beside = (read_definition(CHAT, KINDS),)
        self.room = Room(Plan("S", "cafe", "fr", START, steps=steps, beside=beside), KINDS)
        self.journal = []
        self.sent = 0

    def send(self, do, who=FACILITATOR, run=None, *, at=None, op=None, **body):
        self.sent += 1
        when = START + timedelta(seconds=self.sent if at is None else at)
        outcome = self.room.receive(Op(op or f"o{self.sent}", do, when, who, run, body))
        if isinstance(outcome, Accepted):
            self.journal += outcome.entries
        return outcome

    def kinds(self, outcome):
        return [entry.kind for entry in outcome.entries]


@pytest.fixture
def driver():
    found = Driver()
    found.send("join", "ana")
    found.send("join", "bo", heads=3)
    found.send("open", step="words")
    return found


def why(outcome):
    assert isinstance(outcome, Refusal)
    return outcome.why


def test_receive_accepts_folds_and_numbers(driver):
    outcome = driver.send("answer", "ana", "r1", text="élan")
    assert [(entry.seq, entry.kind, entry.op) for entry in outcome.entries] == [
        (4, "word_cloud.answer", "o4")
    ]
    assert driver.room.session.seq == 4
    assert len(driver.room.session.runs["r1"].state.said) == 1


def test_the_same_op_is_done_once(driver):
    first = driver.send("answer", "ana", "r1", op="x", text="élan")
    assert driver.send("answer", "ana", "r1", op="x", text="autre") == Known(first.entries[0].seq)
    assert len(driver.room.session.runs["r1"].state.said) == 1


def test_the_same_op_of_another_person_is_another_act(driver):
    driver.send("answer", "ana", "r1", op="x", text="élan")
    assert isinstance(driver.send("answer", "bo", "r1", op="x", text="élan"), Accepted)


def test_a_refused_op_sent_again_is_counted_once(driver):
    driver.send("close", run="r1")
    for _ in range(3):
        assert why(driver.send("answer", "ana", "r1", op="x", at=30, text="a")) == "closed"
    assert driver.room.refused == {"closed": 1}


@pytest.mark.parametrize(("seconds", "accepted"), [(59, True), (61.9, True), (62, False)])
def test_an_answer_has_two_seconds_of_grace(seconds, accepted):
    driver = Driver()
    driver.send("join", "ana")
    driver.send("open", step="words", seconds=60, at=0)
    outcome = driver.send("answer", "ana", "r1", at=seconds, text="a")
    assert isinstance(outcome, Accepted) == accepted


def test_no_grace_once_revealed(driver):
    driver.send("reveal", run="r1", at=20)
    assert why(driver.send("answer", "ana", "r1", at=20.5, text="a")) == "closed"


def test_an_answer_from_before_the_opening_is_refused(driver):
    assert why(driver.send("answer", "ana", "r1", at=2.9, text="a")) == "closed"


def test_a_stranger_is_refused(driver):
    assert why(driver.send("answer", "zoe", "r1", text="a")) == "stranger"
    assert why(driver.send("leave", "zoe")) == "stranger"


def test_a_run_that_does_not_exist_is_refused(driver):
    for do in ("answer", "close", "reveal", "stage"):
        who = "ana" if do == "answer" else FACILITATOR
        assert why(driver.send(do, who, "r9")) == "unknown_run"


@pytest.mark.parametrize("do", ["begin", "open", "close", "reveal", "stage", "end", "redact"])
def test_a_participant_does_not_lead(driver, do):
    assert why(driver.send(do, "ana", "r1")) == "role"


@pytest.mark.parametrize("do", ["join", "leave"])
def test_the_animation_is_nobody_in_the_room(driver, do):
    assert why(driver.send(do)) == "role"
    assert list(driver.room.session.people) == ["ana", "bo"]


def test_the_animation_does_not_answer(driver):
    assert why(driver.send("answer", run="r1", text="a")) == "role"


@pytest.mark.parametrize(
    ("do", "body"),
    [
        ("answer", {}),
        ("answer", {"text": 5}),
        ("answer", {"text": "a", "x": 1}),
        ("like", {"idea": "i1"}),
        ("dance", {}),
    ],
)
def test_what_no_client_could_send_is_invalid_and_changes_nothing(driver, do, body):
    driver.send("close", run="r1")
    before = driver.room.session.seq
    with pytest.raises(Invalid):
        driver.send(do, "ana", "r1", at=99, **body)
    assert (driver.room.session.seq, driver.room.refused) == (before, {})


@pytest.mark.parametrize("seconds", [-1, 1e300, "60", True])
def test_open_for_a_time_that_cannot_be_is_invalid(driver, seconds):
    with pytest.raises(Invalid):
        driver.send("open", step="vote", seconds=seconds)


def test_open_of_what_is_open_or_unknown_is_refused(driver):
    assert why(driver.send("open", step="words")) == "already_open"
    assert why(driver.send("open", step="nowhere")) == "unknown_step"
    assert why(driver.send("open", step="words", group="g1")) == "unknown_group"


def test_a_step_closed_opens_again_as_another_run(driver):
    driver.send("close", run="r1")
    driver.send("open", step="words")
    assert [run.id for run in driver.room.session.runs_of("words")] == ["r1", "r2"]


def test_reveal_closes_first(driver):
    kinds = driver.kinds(driver.send("reveal", run="r1"))
    assert kinds == ["session.closed", "session.revealed"]
    assert why(driver.send("reveal", run="r1")) == "already_revealed"
    assert why(driver.send("close", run="r1")) == "already_closed"


def test_only_the_first_line_of_an_act_has_its_id(driver):
    outcome = driver.send("reveal", run="r1", op="x")
    assert [entry.op for entry in outcome.entries] == ["x", "x+2"]


def test_begin_opens_what_is_beside_once(driver):
    assert driver.kinds(driver.send("begin")) == ["session.opened"]
    assert driver.kinds(driver.send("begin")) == []
    assert isinstance(driver.send("say", "ana", "r2", text="Bonjour"), Accepted)


def test_join_again_is_coming_back(driver):
    driver.send("leave", "bo")
    assert driver.room.session.people.present() == {"ana"}
    assert driver.kinds(driver.send("join", "bo", heads=9)) == ["session.came"]
    assert driver.room.session.people.heads(["bo"]) == 3


def test_joined_are_those_present_at_any_time_of_the_run(driver):
    driver.send("leave", "bo")
    driver.send("open", step="vote")
    driver.send("join", "cy")
    assert driver.room.session.runs["r2"].joined == {"ana", "cy"}
    assert driver.room.session.runs["r1"].joined == {"ana", "bo", "cy"}


def test_end_closes_what_is_open_and_keeps_the_refusals(driver):
    driver.send("answer", "ana", "r9", text="a")
    outcome = driver.send("end")
    assert driver.kinds(outcome) == ["session.closed", "session.ended"]
    assert outcome.entries[-1].body.refused == {"unknown_run": 1}


def test_nothing_is_recorded_after_the_end_but_what_is_erased(driver):
    driver.send("end")
    assert why(driver.send("answer", "ana", "r1", text="a")) == "ended"
    assert why(driver.send("open", step="vote")) == "ended"
    assert driver.kinds(driver.send("redact", seq=1)) == ["session.redacted"]


def test_redact_of_a_line_to_come_is_refused(driver):
    assert why(driver.send("redact", seq=99)) == "unknown_line"


def test_reload_gives_the_same_room(driver):
    driver.send("answer", "ana", "r1", text="a")
    driver.send("reveal", run="r1")
    again = Room(driver.room.session.plan, KINDS)
    again.reload(driver.journal)
    assert again.session == driver.room.session


def test_refusals_keep_no_frame_of_those_before(driver):
    def depth():
        try:
            driver.room._decide(Op("x", "open", START, "ana"))
        except Exception as no:  # noqa: BLE001 - whichever it is
            trace, n = no.__traceback__, 0
            while trace:
                trace, n = trace.tb_next, n + 1
            return n

    assert depth() == depth()
