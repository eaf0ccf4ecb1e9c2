"""What the facilitator wrote down, as the report says it: decisions and actions before the rest."""

from __future__ import annotations

from itertools import chain

from fabrique.domain.blocks import Block, Heading, Paragraph, Picture, Section, Table
from fabrique.domain.conduct import Mark, Note
from fabrique.domain.session import Session
from fabrique.domain.text import Text
from fabrique.domain.timeline import since_start

MOMENT = Text("From the start")
DECIDED = {Mark.DECISION: Text("Decision"), Mark.ACTION: Text("Action")}


def section(session: Session, *, whole: bool) -> tuple[Section, ...]:
    """Give the notes, those without a mark only if `whole`: they are for who organises."""
    notes = session.conduct.notes
    decided = [one for mark in DECIDED for one in notes if one.mark is mark]
    kept = [one for one in notes if one.mark is Mark.KEEP]
    plain = [one for one in notes if one.mark is Mark.NOTE and whole]
    tables = (
        _decided(session, decided),
        _table(session, Text("To keep"), kept),
        _table(session, Text("Other notes, for those who organise"), plain),
    )
    shown = [one for one in (*decided, *kept, *plain) if one.image]
    blocks = (*(one for one in tables if one.rows), *chain.from_iterable(map(_picture, shown)))
    if not blocks:
        return ()
    title = Text("Decisions and actions") if decided else Text("What was written down")
    return (Section("notes", Text("Notes of the facilitator"), title, blocks),)


def _decided(session: Session, notes: list[Note]) -> Table:
    rows = tuple((_moment(session, one), DECIDED[one.mark], _words(one)) for one in notes)
    head = (MOMENT, Text("What it is"), Text("In words"))
    return Table(Text("Decisions and actions"), head, rows)


def _table(session: Session, caption: Text, notes: list[Note]) -> Table:
    rows = tuple((_moment(session, one), _words(one)) for one in notes)
    return Table(caption, (MOMENT, Text("In words")), rows)


def _picture(note: Note) -> tuple[Block, ...]:
    """Show it under its words; what it shows is said to everybody, seen or heard."""
    if note.image is None:
        return ()
    image = note.image
    seen = (Heading(_words(note)), Picture(image.src, image.alt))
    return (*seen, Paragraph(image.alt)) if note.text else seen


def _words(note: Note) -> str:
    return note.text or (note.image.alt if note.image else "")


def _moment(session: Session, note: Note) -> str:
    return since_start(session, note.at)
