"""Words taken out of the journal of a session, by the redaction that the journal has.

A line where they stand goes whole, its place stays, and a line says so; names leave their table.
What the animation prepared and opened stays: without it, the answers of everybody would go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from fabrique.actions.minutes.publish import read
from fabrique.domain.entry import BLANK, Entry
from fabrique.domain.redaction import Redaction
from fabrique.domain.session import FAMILY
from fabrique.store.here import here
from fabrique.store.journal import Behind, Head
from fabrique.store.models import Minutes

SAID = ("session.noted",)  # what the animation writes of what people say
TRIES = 5  # against a hub that writes meanwhile
_LINE = re.compile(r"[nm]:(\d{1,9})\Z")


def erase(minutes: Minutes, redaction: Redaction, now: datetime) -> int:
    """Erase the lines where the words stand, or that a sentence that goes cites; say how many."""
    try:
        head = here().by_code(minutes.session)
    except LookupError:
        return 0
    _unname(head, redaction)
    cited = set(_cited(minutes, redaction))
    lines = here().read(head.id)
    gone = [one.seq for one in lines if one.seq in cited or _says(one, redaction)]
    for seq in gone:
        _erase(head, seq, now)
    return len(gone)


def _says(entry: Entry, redaction: Redaction) -> bool:
    if not _of_people(entry):
        return False
    body = msgspec.to_builtins(entry.body)
    return bool(redaction.masked(body) != body)


def _of_people(entry: Entry) -> bool:
    """Whether people wrote it, or the animation wrote what they said: not a title or a question."""
    if entry.kind == BLANK:
        return False
    family = entry.kind.partition(".")[0]
    return not entry.from_facilitator or family != FAMILY or entry.kind in SAID


def _cited(minutes: Minutes, redaction: Redaction) -> Iterator[int]:
    """Give the places of the notes and messages that sentences which go were taken from."""
    for row in minutes.sentences.all():
        if row.text in redaction.sentences:
            yield from _places(one["ref"] for one in row.cites)
    for edition in minutes.editions.all():
        for part in read(edition).parts:
            for one in part.passages:
                if one.text in redaction.sentences:
                    yield from _places(cite.ref for cite in one.cites)


def _places(refs: Iterator[str]) -> Iterator[int]:
    for ref in refs:
        if found := _LINE.match(ref):
            yield int(found[1])


def _unname(head: Head, redaction: Redaction) -> None:
    """Take names out of their table; who bears them counts as before."""
    for who, one in here().names(head.id).items():
        if redaction.mask(one.name) != one.name:
            here().unname(head.id, who)


def _erase(head: Head, seq: int, now: datetime) -> None:
    for _ in range(TRIES - 1):
        try:
            here().redact(head.id, seq, now)
        except Behind:
            continue
        return
    here().redact(head.id, seq, now)
