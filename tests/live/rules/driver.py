"""A room to ask things of, one a second; what it kept, and its refusals by their reasons."""

from datetime import UTC, datetime, timedelta

from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.session import Plan, Session, fold
from fabrique.domain.text import Refusal
from fabrique.live.room import Accepted, Room
from tests.importers.scripts import KINDS

START = datetime(2026, 3, 9, 14, tzinfo=UTC)
STEPS = (
    {"kind": "word_cloud", "id": "words", "title": "Un mot"},
    {"kind": "vote", "id": "vote", "title": "Un vote", "settings": {"scale": 5}, "seconds": 60},
)


class Driver:
    """Ana answers for herself, Bo for three."""

    def __init__(self, steps=STEPS):
        self.plan = Plan(
            "S", "cafe", "fr", START, steps=tuple(read_definition(one, KINDS) for one in steps)
        )
        self.room = Room(self.plan, KINDS)
        self.journal = []
        self.sent = 0
        self.send("join", "ana")
        self.send("join", "bo", heads=3)

    def send(self, do, who=FACILITATOR, run=None, *, at=None, **body):
        self.sent += 1
        when = START + timedelta(seconds=self.sent if at is None else at)
        outcome = self.room.receive(Op(f"o{self.sent}", do, when, who, run, body))
        if isinstance(outcome, Accepted):
            self.journal += outcome.entries
        return outcome

    def why(self, *args, **body):
        outcome = self.send(*args, **body)
        return outcome.why if isinstance(outcome, Refusal) else None

    @property
    def session(self):
        """What the room holds, which its journal alone must give too."""
        assert fold(Session(self.plan), self.journal, KINDS) == self.room.session
        return self.room.session

    @property
    def steps(self):
        return [step.id for step in self.session.plan.steps]
