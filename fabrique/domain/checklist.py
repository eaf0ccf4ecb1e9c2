"""The two lanes from an idea to its documentation: each step, and when it is due at the latest."""

from __future__ import annotations

from msgspec import Struct

from fabrique.domain.text import Text

PREPARE, DOCUMENT = "prepare", "document"
PHASES = {PREPARE: Text("Prepare"), DOCUMENT: Text("Document")}
STATES = ("todo", "doing", "done", "skipped")
STATE_NAMES = {
    "todo": Text("to do"),
    "doing": Text("under way"),
    "done": Text("done"),
    "skipped": Text("not needed"),
}


class Line(Struct, frozen=True):
    """A step of a lane: what it is, what it takes, when it is due unless a format says so."""

    key: str
    phase: str
    title: Text
    hint: Text
    due: str


def _prepare(key: str, due: str, title: Text, hint: Text) -> Line:
    return Line(key, PREPARE, title, hint, due)


def _document(key: str, due: str, title: Text, hint: Text) -> Line:
    return Line(key, DOCUMENT, title, hint, due)


# From the slot to the day itself both lanes are the same.
_COMMON = (
    _prepare(
        "slots",
        "J-21",
        Text("Look at the slots that are free"),
        Text("The team says which evenings are free and which are not."),
    ),
    _prepare(
        "agree",
        "J-18",
        Text("Agree on a slot"),
        Text("Ask partners and guests: yes, if need be, no. No account is needed to answer."),
    ),
    _prepare(
        "video",
        "J-14",
        Text("Have the video link"),
        Text("One link made for this gathering; the host’s own stays within the group."),
    ),
    _prepare(
        "publish",
        "J-14",
        Text("Publish"),
        Text("Its page, in the agenda, for those it is meant for."),
    ),
    _prepare(
        "relay",
        "J-12",
        Text("Relay it"),
        Text("The mailing list, the Discord, a text to paste: you read each before it leaves."),
    ),
    _prepare(
        "registrations",
        "J-3",
        Text("Follow the registrations"),
        Text("Who comes, who waits, how far from what is hoped for."),
    ),
    _prepare("animate", "J-0", Text("Lead the session"), Text("The console, on the day.")),
)
PREPARED = (
    _prepare(
        "subject",
        "J-30",
        Text("Choose a subject that several people share"),
        Text("Alone, with others, or with a working group that exists."),
    ),
    _prepare(
        "method",
        "J-24",
        Text("Choose how to work, and with whom"),
        Text("A running order, somebody to bring a subject in, what is shown on screen."),
    ),
    *_COMMON,
    _document(
        "record", "J-0", Text("Record the session"), Text("With the agreement of those present.")
    ),
    _document(
        "notes",
        "J-0",
        Text("Take notes meanwhile"),
        Text("Key ideas, moments to find again, what is said in the chat, what is referred to."),
    ),
    _document(
        "sound",
        "J+3",
        Text("Take the sound out"),
        Text("As an MP3 file: it is lighter, and is listened to anywhere."),
    ),
    _document(
        "publish_sound", "J+7", Text("Publish the sound"), Text("For the members, as an article.")
    ),
    _document(
        "text",
        "J+10",
        Text("Write what it was about"),
        Text("The context, and marks to find one’s way; a person has read it and stands by it."),
    ),
    _document(
        "attachments",
        "J+14",
        Text("Add what goes with it"),
        Text("Slides, links, publications, what was found beforehand."),
    ),
)
QUICK = (
    _prepare(
        "problem",
        "J-14",
        Text("Choose a problem to work on together"),
        Text("One that several people really have."),
    ),
    _prepare(
        "method",
        "J-12",
        Text("Take the ready-made workshop: 3P"),
        Text("Its running order is already in your console."),
    ),
    *_COMMON,
    _document(
        "report",
        "J+1",
        Text("Take the text that the session wrote together"),
        Text("The report is made by itself when the session is over."),
    ),
    _document(
        "text",
        "J+5",
        Text("Publish it for the members"),
        Text("With the context, and how the session was led."),
    ),
    _document(
        "attachments",
        "J+7",
        Text("Add what goes with it"),
        Text("Slides, links, publications, what was found beforehand."),
    ),
)
LANES = {"prepared": PREPARED, "quick": QUICK}
LANE_NAMES = {
    "prepared": Text("Prepared"),
    "quick": Text("Very quick · 3P"),
}
LANE_ABOUT = {
    "prepared": Text("A few days of preparation, alone or with others; a few hours to document."),
    "quick": Text("A ready-made workshop, little to prepare; an hour at most to document."),
}


def line(lane: str, key: str) -> Line | None:
    """Find a step of a lane; None for one of a group's own."""
    return next((one for one in LANES[lane] if one.key == key), None)
