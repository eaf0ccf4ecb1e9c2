"""What people bring to minutes beside their session: chats, notes, links; cited as they are."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.minutes import locks
from fabrique.actions.minutes.check import check_some, findings
from fabrique.actions.minutes.sources import brought, sources_of
from fabrique.actions.minutes.text import changed, place, said, stamp
from fabrique.domain.brought import CHAT, LINK, NOTE, OF, SESSION, Brought, Line
from fabrique.domain.edition import Verdict
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Said
from fabrique.importers.transcript import read_chat
from fabrique.store.models import Minutes, MinutesSentence, MinutesSource, Person

SAID_AS = {CHAT: "message", NOTE: "note", LINK: "resource"}
LARGEST = 1_000_000  # bytes of a chat
MOST = 5_000  # messages
LONGEST = 2_000  # characters of a note, of what is said of a link
ADDRESS = re.compile(r"(?:https?://[^\s<>\"]+|/[^\s<>\"/\\][^\s<>\"\\]*)\Z")

LARGE = Text("A chat has at most 1 MB and {most} messages.")
NO_MESSAGE = Text("Nobody wrote to everyone in this chat.")
UNTITLED = Text("Give this resource a title.")
NOWHERE = Text("Write an address that begins with https://, or a page of this house (/…).")
LONG = Text("At most {most} characters fit here: shorten it.")
GONE = Text("This source is no longer there: look at the list again.")


class Noted(Struct, frozen=True):
    """A note as it is typed, at a moment of the recording if one is given (milliseconds)."""

    words: str
    at: int | None = None


class Found(Struct, frozen=True):
    """A resource as it is typed: its title, where it leads, what it is."""

    title: str
    address: str
    about: str = ""


def take_chat(minutes: Minutes, name: str, content: bytes, by: Person) -> MinutesSource:
    """Take in a chat that Zoom saved: what was written to all, whole. Raises `Invalid`."""
    if len(content) > LARGEST:
        raise Invalid(most_of(LARGE, MOST), "chat")
    chat = read_chat(content)
    if not chat.messages:
        raise Invalid(NO_MESSAGE, "chat")
    if len(chat.messages) > MOST:
        raise Invalid(most_of(LARGE, MOST), "chat")
    made = MinutesSource(
        kind=CHAT,
        title=name.strip()[:300],
        lines=[_line(one) for one in chat.messages],
        private=chat.private,
    )
    return bring(minutes, made, by)


def _line(one: Said) -> dict[str, object]:
    return {"text": one.text, "by": one.by, "at": one.at}


def take_note(minutes: Minutes, new: Noted, by: Person) -> MinutesSource:
    """Keep a note that somebody takes while listening, or after. Raises `Invalid`."""
    text = said(new.words)
    line = {"text": text, "by": "", "at": new.at}
    return bring(minutes, MinutesSource(kind=NOTE, lines=[line]), by)


def take_link(minutes: Minutes, new: Found, by: Person) -> MinutesSource:
    """Keep a resource: a title and where it is found. Raises `Invalid`."""
    title, about = " ".join(new.title.split()), " ".join(new.about.split())
    address = new.address.strip()
    if not title:
        raise Invalid(UNTITLED, "title")
    if not ADDRESS.match(address) or len(address) > 500:  # noqa: PLR2004 - as the column has it
        raise Invalid(NOWHERE, "address")
    if len(about) > LONGEST or len(title) > 300:  # noqa: PLR2004 - as the column has it
        raise Invalid(most_of(LONG, LONGEST), "about")
    lines = [{"text": about, "by": "", "at": None}]
    return bring(minutes, MinutesSource(kind=LINK, title=title, target=address, lines=lines), by)


def bring(minutes: Minutes, row: MinutesSource, by: Person) -> MinutesSource:
    """Keep a source under a number of its own."""
    with transaction.atomic():
        changed(minutes)
        # The version only grows: the number of what was taken out is never that of another.
        row.minutes, row.number, row.by = minutes, minutes.version, by
        row.save(force_insert=True)
        note("minutes.source", minutes, by, kind=row.kind, number=row.number, lines=len(row.lines))
    return row


def citing(row: MinutesSource) -> list[MinutesSentence]:
    """Give the sentences that cite a source and are not left out: those that lose it with it."""
    rows = row.minutes.sentences.exclude(verdict=Verdict.REJECTED.value).select_related("author")
    return [one for one in rows if any(_leads(cite["ref"], row) for cite in one.cites)]


def _leads(ref: str, row: MinutesSource) -> bool:
    if row.kind == SESSION:
        return ref.endswith(f"{OF}{row.target}")
    return ref.partition(":")[2].startswith(f"{row.number}.")


def remove(minutes: Minutes, number: int, by: Person) -> int:
    """Take a source out; give how many sentences cite it: they wait for another, or go."""
    with transaction.atomic():
        changed(minutes)
        row = _source(minutes, number)
        cited = citing(row)
        row.delete()
        note("minutes.source-gone", minutes, by, kind=row.kind, number=number, cited=len(cited))
        if cited:
            check_some(cited, sources_of(minutes))
    return len(cited)


class Where(Struct, frozen=True):
    """A line of a source, and the title under which it stands in the text."""

    number: int
    line: int
    section: str = ""
    over: bool = False  # the part is taken over from whoever is at it


def cite(minutes: Minutes, where: Where, by: Person, now: datetime) -> MinutesSentence:
    """Take a note, a message or a link into the text, word for word.

    Raises `Invalid`, where somebody else is at that part too.
    """
    with transaction.atomic():
        changed(minutes)
        locks.take(minutes, where.section, by, now, over=where.over)
        row = _source(minutes, where.number)
        one = brought(row)
        if not 1 <= where.line <= len(one.lines):
            raise Invalid(GONE)
        text, quote = _words(one, one.lines[where.line - 1])
        made = MinutesSentence(
            minutes=minutes,
            section=where.section[:300],
            rank=place(minutes, where.section[:300]),
            kind=SAID_AS[row.kind],
            text=said(text),
            cites=[{"ref": one.ref(where.line), "quote": quote}],
            verdict=Verdict.ACCEPTED.value,
        )
        made.found = findings(made, sources_of(minutes))
        stamp(made, by, now)
        made.save(force_insert=True)
        note("minutes.cited", minutes, by, ref=one.ref(where.line))
    return made


def _words(one: Brought, line: Line) -> tuple[str, str]:
    """Give the sentence and what it quotes: a message is signed."""
    if one.kind == LINK:
        return one.title, one.title
    signed = one.kind == CHAT and line.by
    return f"{line.by} — {line.text}" if signed else line.text, line.text


def _source(minutes: Minutes, number: int) -> MinutesSource:
    row = MinutesSource.objects.filter(minutes=minutes, number=number).first()
    if row is None:
        raise Invalid(GONE)
    return row


def most_of(text: Text, most: int) -> Text:
    """Say how much fits."""
    return Text(text.msgid, {"most": most})
