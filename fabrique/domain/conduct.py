"""Leading the room: what is asked, what the journal keeps, and the state it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from fabrique.domain.entry import Entry
from fabrique.domain.schema import LONGEST_RUN, Line, Part
from fabrique.domain.step import Image

if TYPE_CHECKING:
    from fabrique.domain.session import Kinds, Session


MOST_HEADS = 999


class Mark(StrEnum):
    """What a note of the facilitator is for; the minutes are written from them."""

    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"
    KEEP = "keep"


class Switch(Part, frozen=True):
    """Body of `freeze`, `lock`, `record` and `hand`, kept as it is."""

    on: bool


class Say(Part, frozen=True):
    """Body of `tell`, kept as it is: the sentence that every screen shows; none to take it away."""

    text: Line = ""


class Outside(Part, frozen=True):
    """Body of `share`, kept as it is: the host that will draft from what is said, or none."""

    host: Annotated[str, Meta(max_length=253, pattern=r"\A[a-z0-9.:\[\]-]*\Z")] = ""


class Write(Part, frozen=True):
    """Body of `note`, kept as it is: its moment is that of the line.

    A photo of a wall or a drawing made during the session is a note too: its words say what it
    shows, and `text` may be empty.
    """

    text: Line = ""
    mark: Mark = Mark.NOTE
    image: Image | None = None


class Whom(Part, frozen=True):
    """Body of `give`, `lower`, `expel` and `readmit`, kept as it is."""

    participant: Line


class More(Part, frozen=True):
    """Body of `extend`: seconds to add; to the moment of the act where no closing time was set."""

    seconds: Annotated[float, Meta(gt=0, le=LONGEST_RUN)]


class Allow(Part, frozen=True):
    """Body of `allow`, kept as it is: how much longer than others one has, in percent."""

    percent: Annotated[int, Meta(ge=0, le=100)]


class Count(Part, frozen=True):
    """Body of `heads`, kept as it is: how many people are behind one screen."""

    heads: Annotated[int, Meta(ge=1, le=MOST_HEADS)]


class Extended(Part, frozen=True):
    """A run closes later."""

    closes_at: datetime


class Concealed(Part, frozen=True):
    """The results of a run are hidden again."""


class Note(Struct, frozen=True):
    """What the facilitator wrote down, and when; `seq` is its line."""

    seq: int
    at: datetime
    text: str
    mark: Mark
    image: Image | None = None


class Conduct(Struct):
    """How the room is led now."""

    frozen: bool = False
    locked: bool = False
    recording: bool = False
    said: str = ""
    notes: list[Note] = []
    hands: dict[str, datetime] = {}  # who asks to speak, in the order of asking
    floor: str = ""  # who was given the floor
    expelled: set[str] = set()
    outside: str = ""  # the host that is told what is said, if one is
    heard: set[str] = set()  # whose screen named that host


BODIES: dict[str, type[Part]] = {
    "concealed": Concealed,
    "extended": Extended,
    "frozen": Switch,
    "locked": Switch,
    "recorded": Switch,
    "hand": Switch,
    "told": Say,
    "shared": Outside,
    "noted": Write,
    "given": Whom,
    "lowered": Whom,
    "expelled": Whom,
    "readmitted": Whom,
    "allowed": Allow,
    "counted": Count,
}


def _concealed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.revealed_at = None


def _extended(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if run := session.runs.get(entry.run or ""):
        run.closes_at = entry.body.closes_at


def _frozen(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.frozen = entry.body.on


def _locked(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.locked = entry.body.on


def _recorded(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.recording = entry.body.on


def _told(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.said = entry.body.text


def _shared(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.outside = entry.body.host
    session.conduct.heard = session.people.present() if entry.body.host else set()


def unheard(session: Session, host: str) -> int | None:
    """Count the people whom no screen told of this host; None where nobody was told of it."""
    if not host or session.conduct.outside != host:
        return None
    return session.people.heads(set(session.people) - session.conduct.heard)


def _noted(session: Session, entry: Entry, _kinds: Kinds) -> None:
    body = entry.body
    note = Note(entry.seq, entry.at, body.text, body.mark, body.image)
    session.conduct.notes.append(note)


def _hand(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.hands.pop(entry.participant, None)
    if entry.body.on:
        session.conduct.hands[entry.participant] = entry.at


def _given(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.hands.pop(entry.body.participant, None)
    session.conduct.floor = entry.body.participant


def _lowered(session: Session, entry: Entry, _kinds: Kinds) -> None:
    _silence(session.conduct, entry.body.participant)


def _expelled(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.expelled.add(entry.body.participant)
    _silence(session.conduct, entry.body.participant)


def _silence(conduct: Conduct, participant: str) -> None:
    conduct.hands.pop(participant, None)
    if conduct.floor == participant:
        conduct.floor = ""


def _readmitted(session: Session, entry: Entry, _kinds: Kinds) -> None:
    session.conduct.expelled.discard(entry.body.participant)


def _allowed(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if attendee := session.people.get(entry.participant):
        attendee.allowance = entry.body.percent / 100


def _counted(session: Session, entry: Entry, _kinds: Kinds) -> None:
    if attendee := session.people.get(entry.participant):
        attendee.heads = entry.body.heads


Change = Callable[["Session", Entry, "Kinds"], None]
CHANGES: Mapping[str, Change] = {
    "concealed": _concealed,
    "extended": _extended,
    "frozen": _frozen,
    "locked": _locked,
    "recorded": _recorded,
    "told": _told,
    "shared": _shared,
    "noted": _noted,
    "hand": _hand,
    "given": _given,
    "lowered": _lowered,
    "expelled": _expelled,
    "readmitted": _readmitted,
    "allowed": _allowed,
    "counted": _counted,
}
