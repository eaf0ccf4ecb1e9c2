"""A conference as CoSPLib writes it: submissions of tracks, sessions of slots, rooms, penalties."""

from __future__ import annotations

from msgspec import Struct

WEIGHTS = (
    "tracks_sessions",
    "tracks_rooms",
    "sessions_rooms",
    "similar",
    "rooms",
    "parallel",
    "consecutive",
    "timezones",
    "order",
    "submissions_sessions",
    "submissions_rooms",
    "presenters",
    "attendees",
    "chairs",
    "presenters_slot",
    "attendees_slot",
)
"""What counts, in the order of the sheet `parameters`."""


class Session(Struct, frozen=True):
    """A session of `slots` places in a row; minutes of the day at the conference."""

    name: str
    slots: int
    start: int
    end: int


class Submission(Struct, frozen=True):
    """What is given: `slots` in a row, its place in its track from 1 (0: any), minutes from GMT."""

    reference: str
    track: int
    slots: int
    order: int
    zone: int
    presenters: frozenset[str]
    attendees: frozenset[str]
    sessions: tuple[float, ...]
    rooms: tuple[float, ...]


class Hours(Struct, frozen=True):
    """Suitable and less suitable hours, minutes of the day, and what the others cost."""

    zone: int
    suitable: tuple[int, int]
    less: tuple[int, int]
    small: float
    big: float


class Instance(Struct, frozen=True):
    """The whole; penalties are rows by track (or session), columns by session, room or track."""

    weights: dict[str, float]
    hours: Hours
    submissions: tuple[Submission, ...]
    tracks: tuple[str, ...]
    chairs: tuple[frozenset[str], ...]
    sessions: tuple[Session, ...]
    rooms: tuple[str, ...]
    tracks_sessions: tuple[tuple[float, ...], ...]
    tracks_rooms: tuple[tuple[float, ...], ...]
    similar: tuple[tuple[float, ...], ...]
    sessions_rooms: tuple[tuple[float, ...], ...]


DAY = 24 * 60

Place = tuple[int, int, int]
"""Session, room, first slot; from 0."""
