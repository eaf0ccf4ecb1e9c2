"""What is announced to people outside the room, and the messages it becomes: composed, not sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.text import Text
from fabrique.domain.when import Span


class Announcement(Struct, frozen=True):
    """A session that closes on a date; moments are by its own clocks."""

    code: str
    title: str
    address: str  # where one takes part
    until: datetime
    now: datetime
    gone: str = ""  # where whoever is written to takes their address out


class Happens(StrEnum):
    """What there is to tell of a gathering."""

    ANNOUNCED = "announced"  # save the date
    PUBLISHED = "published"
    UPDATED = "updated"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Change(Struct, frozen=True):
    """What was changed: which thing, what it was, what it is."""

    what: Text
    before: str
    after: str


class GatheringNews(Struct, frozen=True, kw_only=True):
    """All that a relay may say of a gathering: nothing here is a secret of its group."""

    happens: Happens
    uid: str
    sequence: int
    title: str
    address: str  # of its page
    now: datetime
    house: str  # who invites
    question: str = ""
    about: str = ""  # Markdown, as its authors wrote it
    when: Span | None = None
    mode: str = "remote"
    place: str = ""
    audience: Text | None = None  # None: everybody
    registers: bool = True  # one registers; else one reads its page and comes
    changes: tuple[Change, ...] = ()
    reason: str = ""
    until_when: str = ""


class Message(Struct, frozen=True):
    """Words to send or to take away."""

    media_type: str
    name: str  # of its file, if it is one
    subject: str
    body: str
