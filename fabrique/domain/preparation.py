"""What speakers give before they speak: release forms, technical needs, and by when."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.text import Text


class Role(StrEnum):
    """The part somebody has in an item."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    WORKSHOP = "workshop"
    ARTIST = "artist"


ROLES = {
    Role.SPEAKER: Text("speaker"),
    Role.MODERATOR: Text("moderator"),
    Role.WORKSHOP: Text("workshop leader"),
    Role.ARTIST: Text("artist"),
}


class Form(StrEnum):
    """What is given: a yes or a no that commits, words, or a plain “done”."""

    IMAGE = "image"
    RECORDING = "recording"
    WORDS = "words"
    DONE = "done"


FORMS = {
    Form.IMAGE: Text("image rights: yes or no"),
    Form.RECORDING: Text("consent to be recorded: yes or no"),
    Form.WORDS: Text("words"),
    Form.DONE: Text("to be done"),
}
CONSENTS = (Form.IMAGE, Form.RECORDING)
YES, NO = "yes", "no"
SHOWN = {YES: Text("agrees"), NO: Text("does not agree")}


class Usual(Struct, frozen=True):
    """A duty that a gathering starts from."""

    form: Form
    title: Text
    about: Text
    days_before: int
    role: str = ""


USUAL = (
    Usual(
        Form.WORDS,
        Text("A few lines about you"),
        Text("As they may stand in the programme."),
        45,
    ),
    Usual(
        Form.WORDS,
        Text("What you need on stage or in the room"),
        Text("Screen, sound, light, tables, access: say also if you need nothing."),
        21,
    ),
    Usual(
        Form.IMAGE,
        Text("Right to use your image"),
        Text(
            "Photographs and short films of the day, on the association’s site, letters and "
            "networks, for five years. You may take it back at any time by writing to us."
        ),
        14,
    ),
    Usual(
        Form.RECORDING,
        Text("Consent to be recorded"),
        Text(
            "Sound and picture of your part are recorded, written down, and published for the "
            "community. If you do not agree, the recording stops while you speak."
        ),
        14,
    ),
    Usual(Form.DONE, Text("Send what you show"), Text("A PDF, or the file itself."), 3),
)


def due(day: date, days_before: int) -> date:
    """Give the day something is due, counted back from the day of the gathering."""
    return day - timedelta(days=days_before)


def asked_of(role: str, roles: set[str]) -> bool:
    """Say whether a duty of `role` is for somebody who has these roles."""
    return not role or role in roles
