"""Requests that wait, and their answers by mail; who asked is forgotten a year after."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from fabrique.actions import letters
from fabrique.actions.history import note
from fabrique.actions.requests.texts import Published, about
from fabrique.domain.text import Invalid, Text
from fabrique.domain.typography import printable
from fabrique.store.models import Minutes, Person, ReaderRequest

LONGEST = 500
KEPT = timedelta(days=365)  # who asked, after the answer
ANSWERS = {
    "done": Text("What you asked for was done. {words}"),
    "declined": Text("What you asked for was not done. {words}"),
}
ANSWERED = Text("Your request about “{title}”")
MEANWHILE = Text("Somebody answered it meanwhile.")
OPEN = Text(
    "{n} request of a reader waits for an answer: answer it before you validate.",
    {},
    "{n} requests of readers wait for an answer: answer them before you validate.",
)


def waiting(text: Published) -> int:
    """Count what waits for an answer."""
    return text.requests.filter(state="open").count()


def check_answered(minutes: Minutes) -> None:
    """Raise `Invalid` while a request waits."""
    count = waiting(minutes)
    if count:
        raise Invalid(Text(OPEN.msgid, {"n": count}, OPEN.plural))


def answer(row: ReaderRequest, state: str, words: str, by: Person, now: datetime) -> None:
    """Say what becomes of a request, to whoever asked; raise `Invalid`."""
    words = " ".join(printable(words).split())[:LONGEST]
    if state not in ANSWERS:
        raise Invalid(Text("Choose one of what is offered."))
    if not words:
        raise Invalid(Text("Answer with a sentence: it is sent to whoever asked."), "words")
    with transaction.atomic():
        fresh = {"state": state, "answer": words, "answered_by": by, "answered_at": now}
        # Words that were taken out do not stay in what asked for it.
        fresh |= {"body": ""} if state == "done" and row.kind == "removal" else {}
        rows = ReaderRequest.objects.filter(pk=row.pk, state="open")
        if not rows.update(**fresh):
            raise Invalid(MEANWHILE)
        said = {"request": str(row.pk), "state": state}
        note("minutes.answered" if row.minutes else "resource.answered", row.text, by, **said)
        if row.email:
            _write(row, Text(ANSWERS[state].msgid, {"words": words}), by, now)


def _write(row: ReaderRequest, said: Text, by: Person, now: datetime) -> None:
    subject = Text(ANSWERED.msgid, {"title": row.text.title})
    told = letters.Note(subject, said, about(row.text).read, row.language)
    letters.write(row.person or row.email, told, row.text, f"request:{row.pk}:answer", now, by)


def expire(now: datetime) -> int:
    """Forget who asked, a year after the answer; give how many."""
    rows = ReaderRequest.objects.filter(answered_at__lt=now - KEPT).exclude(email="")
    return rows.update(person=None, name="", email="", body="")
