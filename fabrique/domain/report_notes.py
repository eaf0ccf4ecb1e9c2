"""What the facilitator wrote down, as the report says it: decisions and actions before the rest."""

from __future__ import annotations

from fabrique.domain.blocks import Block, Section, Table
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
    blocks: tuple[Block, ...] = tuple(one for one in tables if one.rows)
    if not blocks:
        return ()
    title = Text("Decisions and actions") if decided else Text("What was written down")
    return (Section("notes", Text("Notes of the facilitator"), title, blocks),)


def _decided(session: Session, notes: list[Note]) -> Table:
    rows = tuple((_moment(session, one), DECIDED[one.mark], one.text) for one in notes)
    head = (MOMENT, Text("What it is"), Text("In words"))
    return Table(Text("Decisions and actions"), head, rows)


def _table(session: Session, caption: Text, notes: list[Note]) -> Table:
    rows = tuple((_moment(session, one), one.text) for one in notes)
    return Table(caption, (MOMENT, Text("In words")), rows)


def _moment(session: Session, note: Note) -> str:
    return since_start(session, note.at)
