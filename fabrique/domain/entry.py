"""The journal's lines: what was asked of the room (`Op`) and what the room kept (`Entry`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

FACILITATOR = ""  # the participant of an entry that the animation wrote


class Op(Struct, frozen=True):
    """Somebody asks something of the room.

    `op` is the sender's own id: the same id from the same sender is the same act, done once.
    `at` is the server's time of reception; `body` is what the verb `do` needs, as JSON values.
    """

    op: str
    do: str
    at: datetime
    participant: str = FACILITATOR
    run: str | None = None
    body: dict[str, Any] = {}

    @property
    def from_facilitator(self) -> bool:
        """Whether the animation asks: it has no participant id and counts nowhere."""
        return self.participant == FACILITATOR


class Entry(Struct, frozen=True):
    """One line of the journal; `seq` is contiguous from 1 in its session.

    `kind` is `family.verb` (`session.joined`, `board.move`) and names the type of `body`;
    `version` is that type's version, so that old lines can be read for ever.
    """

    seq: int
    at: datetime
    participant: str
    op: str
    run: str | None
    kind: str
    version: int
    body: Any

    @property
    def from_facilitator(self) -> bool:
        """Whether the animation wrote it."""
        return self.participant == FACILITATOR

    @property
    def verb(self) -> str:
        """What was done: the part of `kind` after the dot."""
        return self.kind.partition(".")[2]


class Blank(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a redacted line: its place is kept, its content is gone."""


BLANK = "session.blank"


def redacted(entry: Entry) -> Entry:
    """Give the line that takes the place of `entry` once its content has been erased."""
    return Entry(entry.seq, entry.at, entry.participant, entry.op, None, BLANK, 1, Blank())
