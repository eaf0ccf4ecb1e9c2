"""Chat: messages under one's name, before, between and after the steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from fabrique.domain.activity import Activity, Definition, Part, Publication, Run
from fabrique.domain.blocks import Block, Quote, Quotes
from fabrique.domain.entry import Entry
from fabrique.domain.people import People
from fabrique.domain.schema import Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.text import Name

SHOWN = 60  # a phone shows the last messages; the report has them all


class ChatDefinition(Definition, frozen=True, kw_only=True, tag="chat"):
    """The thread of a session."""


class Message(Piece, frozen=True):
    """What a person says to all."""

    text: Line


class Said(Struct, frozen=True):
    """A message as kept and as shown."""

    seq: int
    by: str
    at: datetime
    text: str


class Chat(Activity[ChatDefinition, list[Said]]):
    """Every message is kept, in order."""

    kind = "chat"
    name = Name(fr="Fil de discussion", en="Chat")
    definition = ChatDefinition
    verbs = {"say": Message}
    publication = Publication.NAMES
    shared = True
    always = True

    def start(self, definition: ChatDefinition) -> list[Said]:
        """Start with no message."""
        return []

    def fold(self, definition: ChatDefinition, state: list[Said], entry: Entry) -> list[Said]:
        """Add a message."""
        state.append(Said(entry.seq, entry.participant, entry.at, entry.body.text))
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who said something."""
        return {said.by for said in run.state}

    def entries(self, run: Run) -> int:
        """Count the messages."""
        return len(run.state)

    def totals(self, run: Run) -> dict[str, int]:
        """Add the messages to the session's figures."""
        return {"messages": len(run.state)}

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form, then the last messages one by one."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        last = run.state[-SHOWN:]
        return [head, *(self._item(run, said, names) for said in last)]

    def _item(self, run: Run, said: Said, names: Mapping[str, str]) -> Part:
        view = _quote(said, names)
        return Part(f"{run.id}:{said.seq}", "item", view, f"{run.id}:list", said.seq)

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give the messages of one person."""
        said = [{"text": one.text} for one in run.state if one.by == participant]
        return {"answers": said, "changes": 0}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give every message, signed."""
        return [Quotes(tuple(_quote(said, names) for said in run.state))]


def _quote(said: Said, names: Mapping[str, str]) -> Quote:
    # Who gave no name has none here either: an id would tie the message to every answer.
    return Quote(said.text, names.get(said.by) or None, said.at)


KIND = Chat()
