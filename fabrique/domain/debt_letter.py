"""Letters about what is owed: what, by when, and the page where it is settled."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from fabrique.domain.announcement import Message
from fabrique.domain.debts import left
from fabrique.domain.language import Language
from fabrique.domain.text import Text

BEFORE, ON, AFTER = "before", "on", "late"
TEXT = "text/plain; charset=utf-8"
SUBJECT = Text("{left}: {title}")
BODY = Text("Hello,\n\n{said}\n\n{act}\n{link}\n")
ENTRUSTED = Text("“{text}”, agreed in “{title}”, is with you. It is due on {day}: {left}.")
SETTLE = Text("To say that it is done, or to move its date:")
OWES = Text(
    "What remains of “{title}” is to be published by {day}: {left}. What one room found serves"
    " others only once they can read it."
)
WRITE = Text("To write it, or to say why there is none:")


class Steps(Struct, frozen=True):
    """How many days before and after its day somebody is reminded, and how long that stays true."""

    before: int
    after: int
    stays: int


ACTION = Steps(before=7, after=3, stays=7)
TRACE = Steps(before=3, after=7, stays=14)


class Moment(Struct, frozen=True):
    """Which reminder it is time for: it leaves from a day on, never after another."""

    which: str
    since: date
    until: date


def moment(due: date, today: date, steps: Steps) -> Moment | None:
    """Say which reminder it is time for, if any."""
    one, late = timedelta(days=1), due + timedelta(days=steps.after)
    found = (
        Moment(BEFORE, due - timedelta(days=steps.before), due - one),
        Moment(ON, due, due),
        Moment(AFTER, late, late + timedelta(days=steps.stays)),
    )
    return next((one for one in found if one.since <= today <= one.until), None)


class About(Struct, frozen=True):
    """What is owed: `text` of an action, "" for the trace of a gathering."""

    title: str
    due: date
    link: str
    text: str = ""


def compose(about: About, today: date, words: Language) -> Message:
    """Write the letter, in a language."""
    days = left(about.due, today)
    said = {"text": about.text, "title": about.title, "day": words.day(about.due), "left": days}
    told = Text((ENTRUSTED if about.text else OWES).msgid, said)
    act = SETTLE if about.text else WRITE
    head = words.say(Text(SUBJECT.msgid, {"left": days, "title": about.text or about.title}))
    body = words.say(Text(BODY.msgid, {"said": told, "act": act, "link": about.link}))
    return Message(TEXT, "", head[:1].upper() + head[1:], body)
