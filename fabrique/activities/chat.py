"""Chat: messages under one's name, before, between and after the steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain import cards, moderation
from fabrique.domain.blocks import Block, Quote, Quotes
from fabrique.domain.contributions import Contribution, Pool
from fabrique.domain.entry import Entry, Op
from fabrique.domain.listings import Rows
from fabrique.domain.moderation import MODERATION
from fabrique.domain.people import People
from fabrique.domain.pooled import Pooled
from fabrique.domain.run import Run
from fabrique.domain.schema import Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import Definition, Publication
from fabrique.domain.text import Name, Text
from fabrique.domain.view import Part
from fabrique.domain.written import check_written

SHOWN = 60  # a phone shows the last messages; the report has them all


class Settings(Piece, frozen=True):
    """Whether messages wait until the facilitator has read them."""

    review: bool = False


class ChatDefinition(Definition, frozen=True, kw_only=True, tag="chat"):
    """The thread of a session."""

    settings: Settings = Settings()


class Message(Piece, frozen=True):
    """What a person says to all."""

    text: Line


class Chat(Pooled[ChatDefinition]):
    """Every message is kept, in order."""

    kind = "chat"
    name = Name(fr="Fil de discussion", en="Chat")
    about = Name(
        fr="Des messages signés, d’un bout à l’autre de la session",
        en="Signed messages, from start to end",
    )
    definition = ChatDefinition
    verbs = {"say": Message, **moderation.bodies(MODERATION)}
    led = MODERATION
    facilitator_verbs = quiet = frozenset(MODERATION)
    publication = Publication.NAMES
    gathers = goes_on = False
    always = True

    def judge(self, run: Run, op: Op, body: Message) -> Message:
        """Refuse a message that says nothing."""
        check_written(body.text)
        return body

    def take(self, definition: ChatDefinition, state: Pool, entry: Entry) -> None:
        """Add a message, known by its line."""
        said = Contribution(str(entry.seq), entry.body.text, entry.participant, at=entry.at)
        said.lines, said.held = [entry.seq], definition.settings.review
        state.add(said, numbered=False)

    def ask(self, definition: ChatDefinition) -> Settings:
        """Give whether messages wait."""
        return definition.settings

    def totals(self, run: Run) -> dict[str, int]:
        """Add the messages to the session's figures."""
        return {"messages": len(run.state.items)}

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form, then the last messages one by one."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        last = cards.seen(run, screen)[-SHOWN:]
        place = f"{run.id}:list"
        return [
            head,
            *(cards.part(run, one, screen, people, names, (place, one.lines[0])) for one in last),
        ]

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give the messages of one person."""
        return {"answers": [cards.own(one) for one in run.state.own(participant)], "changes": 0}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give every message that all may read, signed."""
        said = Quotes(tuple(_quote(one, names) for one in run.state.public()))
        return [said, *moderation.notices(run.state)]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give every message with its time and the name it was sent under."""
        said = run.state.items.values()
        rows = tuple((one.at, who.get(one.by, ""), one.text) for one in said)
        return Rows((Text("Time"), Text("Name"), Text("Message")), rows)


def _quote(said: Contribution, names: Mapping[str, str]) -> Quote:
    # Who gave no name has none here either: an id would tie the message to every answer.
    return Quote(said.text, names.get(said.by) or None, said.at)


KIND = Chat()
