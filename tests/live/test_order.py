"""What the stage shows is what was shown last, whoever looks and whenever they come."""

from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.session import Plan, Session, fold
from fabrique.live.order import is_covered
from fabrique.live.room import Accepted, Room
from fabrique.live.screens import Figures, parts
from tests.importers.scripts import KINDS

START = datetime(2026, 3, 9, 14, tzinfo=UTC)
QUESTIONS = [
    {"kind": "open", "id": "open", "title": "Quoi ?"},
    {"kind": "rating", "id": "rating", "title": "Combien ?", "settings": {"scale": 3}},
]
STEPS = (
    {"kind": "pause", "id": "pause", "title": "Pause"},
    {"kind": "questionnaire", "id": "questionnaire", "title": "Avis", "questions": QUESTIONS},
)
BESIDE = (
    {"kind": "chat", "id": "chat", "title": "Fil"},
    {"kind": "slides", "id": "slides", "title": "Diapos", "pages": 3},
)
CHAT, SLIDES, FIRST = "r1", "r2", "r3"


def prepared(raw):
    return tuple(read_definition(one, KINDS) for one in raw)


class Lead:
    """Somebody who leads, and the journal of what they did."""

    def __init__(self):
        plan = Plan("S", "cafe", "fr", START, steps=prepared(STEPS), beside=prepared(BESIDE))
        self.room, self.journal = Room(plan, KINDS), []
        self.does("join", who="ana")
        self.does("begin")

    def does(self, do, run=None, *, who=FACILITATOR, **body):
        at = START + timedelta(seconds=len(self.journal))
        outcome = self.room.receive(Op(f"o{len(self.journal)}", do, at, who, run, body))
        assert isinstance(outcome, Accepted), outcome
        self.journal += outcome.entries

    @property
    def covered(self):
        """Whether slides have the stage, for those who looked on and for those who come now."""
        seen = is_covered(self.room.session)
        assert is_covered(fold(Session(self.room.session.plan), self.journal, KINDS)) == seen
        return seen


@pytest.fixture
def lead():
    return Lead()


def heads(lead):
    shown = {}
    for screen in ("phone", "stage", "console"):
        found = parts(lead.room.session, KINDS, screen, {}, Figures())
        shown[screen] = next(part.view for part in found if part.key == "session-head").focus
    return shown


def test_slides_that_nobody_turned_leave_the_stage_alone(lead):
    assert not lead.covered
    lead.does("open", step="pause")
    assert not lead.covered


def test_slides_have_the_stage_once_turned_and_until_a_step_opens(lead):
    lead.does("show", SLIDES, page=1)
    assert lead.covered
    lead.does("open", step="pause")
    assert not lead.covered
    lead.does("show", SLIDES, page=2)
    assert lead.covered
    lead.does("close", FIRST)
    assert lead.covered
    lead.does("open", step="questionnaire")
    assert not lead.covered


def test_results_take_the_stage_back_and_so_does_a_question_turned_to(lead):
    lead.does("open", step="questionnaire")
    lead.does("show", SLIDES, page=1)
    lead.does("reveal", FIRST)
    assert not lead.covered
    lead.does("show", SLIDES, page=2)
    assert lead.covered
    lead.does("show", FIRST, question="rating")
    assert not lead.covered


def test_what_people_say_gives_nobody_the_stage(lead):
    lead.does("open", step="questionnaire")
    lead.does("say", CHAT, who="ana", text="Bonjour")
    assert not lead.covered
    lead.does("show", SLIDES, page=1)
    lead.does("answer", FIRST, who="ana", question="open", answer={"text": "oui"})
    assert lead.covered


def test_the_step_is_shown_again_when_asked(lead):
    lead.does("open", step="pause")
    lead.does("show", SLIDES, page=1)
    order = parts(lead.room.session, KINDS, "console", {}, Figures())[1].view
    assert order.covered == FIRST
    lead.does("stage", FIRST)
    assert not lead.covered
    assert parts(lead.room.session, KINDS, "console", {}, Figures())[1].view.covered == ""


def test_at_the_end_the_end_is_shown(lead):
    lead.does("open", step="pause")
    lead.does("show", SLIDES, page=1)
    lead.does("end")
    assert not lead.covered


def test_phones_are_not_told_what_has_the_stage(lead):
    lead.does("show", SLIDES, page=1)
    assert heads(lead) == {"phone": "now", "stage": "beside", "console": "beside"}
