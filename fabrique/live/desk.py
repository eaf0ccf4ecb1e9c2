"""What every room of a hub shares, and how one is read from the journal."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from fabrique.domain import session as life
from fabrique.domain.entry import Entry
from fabrique.domain.session import Kinds, Participant, Plan, Session
from fabrique.live.audience import Audience, Patch, Render
from fabrique.live.room import Room
from fabrique.live.writer import Loader, Writer


class Record(Struct, frozen=True):
    """A session as the journal has it."""

    code: str
    epoch: str
    plan: Plan
    names: dict[str, Participant]
    entries: list[Entry]


class Loaded(Struct, frozen=True):
    """A session read and folded: ready to go on."""

    code: str
    epoch: str
    names: dict[str, Participant]
    room: Room


class Desk(Struct, frozen=True):
    """`read` runs in the loader's thread and raises `LookupError` where there is no session.

    `send` takes a patch to all the screens of an audience.
    """

    kinds: Kinds
    writer: Writer
    loader: Loader
    read: Callable[[int], Record]
    render: Render
    send: Callable[[Audience, Patch], None]

    def load(self, session: int) -> Loaded:
        """Read and fold a session, away from the event loop."""
        record = self.read(session)
        room = Room(record.plan, self.kinds)
        room.session = life.fold(Session(record.plan), record.entries, self.kinds)
        room.refusals.counts.update(room.session.refused)
        return Loaded(record.code, record.epoch, record.names, room)
