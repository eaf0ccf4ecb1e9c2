"""A room with one step, to ask things of: who put up what, what the facilitator did of it."""

from datetime import UTC, datetime, timedelta

from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import Op
from fabrique.domain.registry import discover
from fabrique.domain.session import Plan
from fabrique.domain.text import Refusal
from fabrique.live.room import Accepted, Room

KINDS = discover("fabrique.activities")
START = datetime(2026, 3, 9, 14, tzinfo=UTC)


class Pool:
    """One run of a kind, `r1`, open; Ana, Bo and Cy are there (Bo for two people)."""

    def __init__(self, kind, **definition):
        raw = {"kind": kind, "id": "one", "title": "Titre", **definition}
        step = read_definition(raw, KINDS)
        beside = KINDS[kind].always
        steps, aside = ((), (step,)) if beside else ((step,), ())
        self.room = Room(Plan("Séance", "cafe", "fr", START, steps=steps, beside=aside), KINDS)
        self.journal = []
        self.asked = 0
        self.kind = KINDS[kind]
        for one, heads in (("ana", 1), ("bo", 2), ("cy", 1)):
            self.ask("join", one, run=None, heads=heads)
        if beside:
            self.ask("begin", run=None)
        else:
            self.ask("open", run=None, step="one")

    def ask(self, do, who="", *, run="r1", **body):
        """Ask; give the code of the refusal, or None."""
        self.asked += 1
        at = START + timedelta(seconds=len(self.journal))
        outcome = self.room.receive(Op(f"op{self.asked}", do, at, who, run, body))
        if isinstance(outcome, Refusal):
            return outcome.why
        assert isinstance(outcome, Accepted)
        self.journal += outcome.entries
        return None

    @property
    def run(self):
        return self.room.session.runs["r1"]

    @property
    def people(self):
        return self.room.session.people

    def result(self):
        return self.kind.result(self.run, self.people)

    def cards(self, screen, names=None):
        """Give what a screen shows of contributions, in the order of the ranks."""
        parts = self.kind.parts(self.run, screen, self.people, names or {})[1:]
        return [part.view for part in sorted(parts, key=lambda part: part.rank)]

    def texts(self, screen):
        return [card.text for card in self.cards(screen)]

    def figures(self, screen):
        return self.kind.view(self.run, screen, self.people, {}).result

    def said(self):
        """Give the sentences that the report sets apart."""
        blocks = self.kind.blocks(self.run, self.people, {})
        return [one.text.msgid for one in blocks if type(one).__name__ == "Notice"]
