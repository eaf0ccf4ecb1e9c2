"""The text itself: who changes it says from which version, and takes it back to a draft."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, Min

from fabrique.domain.edition import Stage
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, MinutesSentence, Person

STEP = 1024.0  # between the ranks of two sentences
GONE = Text("This sentence is no longer there: look at the text again.")
MEANWHILE = Text("Somebody changed this text meanwhile: look at it again, then go on.")
EMPTY = Text("Write a sentence.")
LONG = Text("A sentence has at most {limit} characters: make two of it.")
LONGEST = 2000


def changed(minutes: Minutes, *, version: int | None = None) -> None:
    """Say that the text changes now; call it first in the transaction.

    Raises `Invalid` where it is not `version` any more. What was validated has to be again.
    """
    rows = Minutes.objects.filter(pk=minutes.pk)
    if version is not None:
        rows = rows.filter(version=version)
    fresh = {"stage": Stage.DRAFT.value, "validated_by": None, "validated_at": None}
    if not rows.update(version=F("version") + 1, reviewed_by=None, **fresh):
        raise Invalid(MEANWHILE)
    minutes.refresh_from_db()


def sentence_of(minutes: Minutes, pk: UUID | str) -> MinutesSentence:
    """Find a sentence; raise `Invalid` where it is gone."""
    row = MinutesSentence.objects.filter(minutes=minutes, pk=pk).first()
    if row is None:
        raise Invalid(GONE)
    return row


def said(words: str) -> str:
    """Read a sentence that a person typed; raise `Invalid`."""
    text = " ".join(words.split())
    if not text:
        raise Invalid(EMPTY, "text")
    if len(text) > LONGEST:
        raise Invalid(Text(LONG.msgid, {"limit": LONGEST}), "text")
    return text


def place(minutes: Minutes, section: str, *, first: bool = False) -> float:
    """Give the rank after the last sentence of a section; a new one begins or ends the text."""
    rows = MinutesSentence.objects.filter(minutes=minutes)
    own: float | None = rows.filter(section=section).aggregate(last=Max("rank"))["last"]
    ends = rows.aggregate(first=Min("rank"), last=Max("rank"))
    if own is None:
        if ends["last"] is None:
            return STEP
        return float(ends["first"] - STEP if first else ends["last"] + STEP)
    following = rows.filter(rank__gt=own).order_by("rank").values_list("rank", flat=True).first()
    return own + STEP if following is None else (own + following) / 2


def stamp(row: MinutesSentence, by: Person, now: datetime) -> None:
    """Say who decided on a sentence, and when."""
    row.by, row.at = by, now
