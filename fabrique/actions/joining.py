"""Joining the association: somebody asks, the team answers, the answer goes by mail."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from fabrique.actions.history import note
from fabrique.actions.outbox import Letter, put
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Application, Membership, Person

LONGEST = 2000
SUBJECT = Text("Your request to join")
YES = Text("Hello,\n\nYour request to join is accepted: welcome.\n\n{answer}\n\n{address}")
NO = Text("Hello,\n\nYour request to join is not taken up for now.\n\n{answer}\n\n{address}")


def ask(person: Person, words: str, now: datetime) -> Application:
    """Ask to join; raise `Invalid` while an earlier request waits."""
    if len(words) > LONGEST:
        raise Invalid(Text("At most {limit} characters here.", {"limit": LONGEST}), "words")
    try:
        with transaction.atomic():
            row = Application.objects.create(person=person, words=words.strip(), asked_at=now)
            note("join.asked", row, by=person)
    except IntegrityError:
        raise Invalid(
            Text("Your request is with the team already: nothing was sent twice.")
        ) from None
    return row


def accept(row: Application, answer: str, by: Person, now: datetime, day: date) -> None:
    """Accept: a membership begins, to be paid; twice is once."""
    with transaction.atomic():
        if not _answered(row, "accepted", answer, by, now):
            return
        made = Membership.objects.create(person=row.person, starts_on=day, source="join")
        note("membership.added", made, by=by, member=str(row.person_id))
        _tell(row, YES, answer, by, now)


def decline(row: Application, answer: str, by: Person, now: datetime) -> None:
    """Decline; twice is once."""
    with transaction.atomic():
        if _answered(row, "declined", answer, by, now):
            _tell(row, NO, answer, by, now)


def _answered(row: Application, state: str, answer: str, by: Person, now: datetime) -> bool:
    waiting = Application.objects.filter(pk=row.pk, state="asked")
    said = {"state": state, "answer": answer.strip()[:LONGEST], "answered_at": now}
    if not waiting.update(answered_by=by, **said):
        return False
    note(f"join.{state}", row, by=by)
    return True


def _tell(row: Application, body: Text, answer: str, by: Person, now: datetime) -> None:
    spoken = language(row.person.language)
    what = {"answer": answer.strip()[:LONGEST], "address": settings.PUBLIC_URL + reverse("me")}
    letter = Letter(
        relay="email",
        to=row.person.email,
        subject=spoken.say(SUBJECT),
        body=spoken.say(Text(body.msgid, what)).replace("\n\n\n\n", "\n\n"),
        about=f"application:{row.pk}",
    )
    put(letter, f"application:{row.pk}", now, released=by)
