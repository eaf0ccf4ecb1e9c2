"""What is told to somebody who registered; moments are by the clocks of the gathering."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from fabrique.domain.text import Text

KINDS = (
    "confirmed",
    "pending",
    "waiting",
    "offered",
    "expired",
    "declined",
    "cancelled",
    "again",
    "before",
    "after",
)


class News(Struct, frozen=True, kw_only=True):
    """One thing that happened to one registration, or is about to."""

    what: str  # of KINDS
    title: str  # of the gathering
    name: str  # of the person
    at: datetime | None  # when it begins
    place: str  # "" where it meets at a distance
    link: str  # where the person changes or cancels
    about: str  # the page of the gathering
    room: str  # where the person enters
    position: int = 0  # in the queue
    until: datetime | None = None  # of an offer
    words: str = ""  # what its group adds
    due: Text | None = None  # what is to be paid, and where
