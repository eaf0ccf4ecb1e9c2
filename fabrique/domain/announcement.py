"""What is announced to people outside the room, and the messages it becomes: composed, not sent."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Announcement(Struct, frozen=True):
    """A session that closes on a date; moments are by its own clocks."""

    code: str
    title: str
    address: str  # where one takes part
    until: datetime
    now: datetime
    gone: str = ""  # where whoever is written to takes their address out


class Message(Struct, frozen=True):
    """Words to send or to take away."""

    media_type: str
    name: str  # of its file, if it is one
    subject: str
    body: str
