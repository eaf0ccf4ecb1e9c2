"""Letters to somebody who registered: plain text, one thing each, the way out always in it."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.announcement import Message
from fabrique.domain.language import Language
from fabrique.domain.news import News
from fabrique.domain.text import Text
from fabrique.domain.typography import printable

SUBJECTS: Mapping[str, Text] = {
    "confirmed": Text("You are registered: {title}"),
    "pending": Text("Your name is in the draw: {title}"),
    "waiting": Text("You are on the waiting list: {title}"),
    "offered": Text("A seat is kept for you: {title}"),
    "expired": Text("The seat kept for you went to the next person: {title}"),
    "declined": Text("You gave the seat back: {title}"),
    "cancelled": Text("Your registration is cancelled: {title}"),
    "again": Text("Your link: {title}"),
    "before": Text("Soon: {title}"),
    "after": Text("After: {title}"),
}
SAID: Mapping[str, Text] = {
    "confirmed": Text("You have a seat."),
    "pending": Text("Seats will be given by a draw. You will be written to as soon as it is made."),
    "waiting": Text(
        "All the seats are taken. You are number {position} on the waiting list. When a seat is "
        "free you will be written to, and it will be kept for you for some hours."
    ),
    "offered": Text(
        "A seat is free and kept for you until {until}. To take it, or to leave it to the next "
        "person, open this link and press a button:\n{link}\n\nAfter that moment it goes to the "
        "next person."
    ),
    "expired": Text(
        "Nobody answered in time, so the seat went to the next person. You can register again: "
        "you would then be the last of the waiting list.\n{about}"
    ),
    "declined": Text("It goes to the next person. Thank you for having said so."),
    "cancelled": Text("Your seat is free again, for somebody else. Thank you for having said so."),
    "again": Text(
        "Somebody, you perhaps, asked to register with this address, which was registered already. "
        "Nothing changed."
    ),
    "before": Text("It begins {when}. You have a seat."),
    "after": Text(
        "Thank you for having been there. What was made together is found here:\n{about}"
    ),
}
HELLO = Text("Hello {name},")
WHEN = Text("When: {when}")
WHERE = Text("Where: {place}")
ROOM = Text("To enter on the day, with your name:\n{room}")
OUT = Text("To see or change your registration, or to give your seat back:\n{link}")
WITH_SEAT = frozenset({"confirmed", "before", "again"})
OWN = ("confirmed", "before", "after")  # to which a group adds words of its own
GONE = frozenset({"expired", "declined", "cancelled", "after"})


def compose(about: News, language: Language) -> Message:
    """Write the letter, as plain text."""
    said = {
        "title": " ".join(about.title.split()),
        "name": about.name,
        "when": language.moment(about.at) if about.at else "",
        "until": language.moment(about.until) if about.until else "",
        "position": about.position,
        "place": about.place,
        "link": about.link,
        "about": about.about,
        "room": about.room,
    }
    parts = [HELLO, SAID[about.what], *_facts(about)]
    hello, what, *facts = [
        language.say(Text(part.msgid, {**said, **part.params})) for part in parts
    ]
    subject = language.say(Text(SUBJECTS[about.what].msgid, said))
    own = [printable(about.words).strip()] if about.words.strip() else []
    body = "\n\n".join([hello, f"“{said['title']}”", what, *own, *facts])
    return Message("text/plain; charset=utf-8", "", subject, f"{body}\n")


def _facts(about: News) -> list[Text]:
    if about.what in GONE:
        return []
    facts = [fact for fact, there in ((WHEN, about.at), (WHERE, about.place)) if there]
    if about.due is not None:
        facts.append(about.due)
    if about.what in WITH_SEAT and about.room:
        facts.append(ROOM)
    return [*facts, OUT]
