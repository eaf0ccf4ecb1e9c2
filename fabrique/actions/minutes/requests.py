"""Requests of readers: words to put right or to take out, each answered with a sentence."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from msgspec import Struct

from fabrique.actions import letters
from fabrique.actions.access import NoAccess
from fabrique.actions.history import note
from fabrique.domain.text import Invalid, Text
from fabrique.domain.typography import printable
from fabrique.store.models import Edition, Minutes, MinutesRequest, Person
from fabrique.store.models.asked import KINDS

MOST = 40  # requests on one text that wait
FEW = 3  # that wait, of one address
LONGEST, LONGEST_ANSWER = 2000, 500
KEPT = timedelta(days=365)  # who asked, after the answer
_PLACE = re.compile(r"(?:s-\d{1,4}-\d{1,4}|t-\d{1,6})?\Z")
ABOUT = {
    "correction": Text("“{title}”: a correction is asked for"),
    "removal": Text("“{title}”: somebody asks for words to be taken out"),
}
ASKED = Text("Somebody wrote about a text that you publish. It waits for your answer.")
ANSWERS = {
    "done": Text("What you asked for was done. {words}"),
    "declined": Text("What you asked for was not done. {words}"),
}
ANSWERED = Text("Your request about “{title}”")
OPEN = Text(
    "{n} request of a reader waits for an answer: answer it before you validate.",
    {},
    "{n} requests of readers wait for an answer: answer them before you validate.",
)
_signer = Signer(salt="fabrique.minutes.ask")


class Asked(Struct, frozen=True):
    """What somebody sends."""

    kind: str
    body: str
    place: str = ""
    name: str = ""
    email: str = ""
    language: str = "fr"


def token_of(minutes: Minutes) -> str:
    """Sign the link for somebody who is quoted and may not read the text, or has no account."""
    return _signer.sign(str(minutes.pk))


def edition_of_token(token: str) -> Edition:
    """Give what such a link is about: the last edition; raise `NoAccess`."""
    try:
        key = UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None
    rows = Edition.objects.filter(minutes=key).select_related("minutes__gathering")
    found = rows.order_by("number").last()
    if found is None:
        raise NoAccess
    return found


def ask(edition: Edition, asked: Asked, person: Person | None, now: datetime) -> MinutesRequest:
    """Keep a request and tell those who publish the text; raise `Invalid`, nothing being kept."""
    name, email = _who(asked, person)
    body = printable(asked.body).strip()[:LONGEST]
    if asked.kind not in KINDS or not _PLACE.match(asked.place):
        raise Invalid(Text("Choose one of what is offered."), "kind")
    if not body:
        raise Invalid(Text("Say in a few words what is to be changed, and why."), "body")
    minutes = edition.minutes
    with transaction.atomic():
        # Written first, so that two who ask at once come one after the other.
        Minutes.objects.filter(pk=minutes.pk).update(slug=minutes.slug)
        waiting = MinutesRequest.objects.filter(minutes=minutes, state="open")
        if waiting.count() >= MOST or waiting.filter(email__iexact=email).count() >= FEW:
            raise Invalid(Text("Several requests wait for an answer here: yours was not kept."))
        row = MinutesRequest.objects.create(
            minutes=minutes,
            edition=edition.number,
            kind=asked.kind,
            place=asked.place,
            body=body,
            person=person,
            name=name,
            email=email,
            language=person.language if person else asked.language,
            at=now,
        )
        note("minutes.requested", minutes, person, request=str(row.pk))
        for one in writers(minutes):
            # Not the words: what is to be taken out is not sent round once more.
            subject = Text(ABOUT[row.kind].msgid, {"title": minutes.title})
            told = letters.Note(subject, ASKED, reverse("minutes-requests", args=[minutes.pk]))
            letters.write(one, told, minutes, f"request:{row.pk}:{one.pk}", now)
    return row


def _who(asked: Asked, person: Person | None) -> tuple[str, str]:
    if person is not None:
        return person.named, person.email
    name, email = " ".join(printable(asked.name).split())[:200], asked.email.strip().lower()
    if not name:
        raise Invalid(Text("Write your name, or what people call you."), "name")
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(Text("This address cannot be written to: correct it."), "email") from None
    return name, email


def writers(minutes: Minutes) -> list[Person]:
    """Give those who answer for a text: the group of its gathering, else who began it."""
    rows = minutes.gathering.organisers.select_related("person") if minutes.gathering else ()
    found = [one.person for one in rows]
    return found or [one for one in (minutes.validated_by, minutes.begun_by) if one][:1]


def waiting(minutes: Minutes) -> int:
    """Count what waits for an answer."""
    return MinutesRequest.objects.filter(minutes=minutes, state="open").count()


def check_answered(minutes: Minutes) -> None:
    """Raise `Invalid` while a request waits."""
    count = waiting(minutes)
    if count:
        raise Invalid(Text(OPEN.msgid, {"n": count}, OPEN.plural))


def answer(row: MinutesRequest, state: str, words: str, by: Person, now: datetime) -> None:
    """Say what becomes of a request, to whoever asked; raise `Invalid`."""
    words = " ".join(printable(words).split())[:LONGEST_ANSWER]
    if state not in ANSWERS:
        raise Invalid(Text("Choose one of what is offered."))
    if not words:
        raise Invalid(Text("Answer with a sentence: it is sent to whoever asked."), "words")
    with transaction.atomic():
        fresh = {"state": state, "answer": words, "answered_by": by, "answered_at": now}
        # Words that were taken out do not stay in what asked for it.
        fresh |= {"body": ""} if state == "done" and row.kind == "removal" else {}
        rows = MinutesRequest.objects.filter(pk=row.pk, state="open")
        if not rows.update(**fresh):
            raise Invalid(Text("Somebody answered it meanwhile."))
        note("minutes.answered", row.minutes, by, request=str(row.pk), state=state)
        if row.email:
            subject = Text(ANSWERED.msgid, {"title": row.minutes.title})
            said = Text(ANSWERS[state].msgid, {"words": words})
            path = reverse("article", args=[row.minutes.slug])
            told = letters.Note(subject, said, path, row.language)
            to = row.person or row.email
            letters.write(to, told, row.minutes, f"request:{row.pk}:answer", now, by)


def expire(now: datetime) -> int:
    """Forget who asked, a year after the answer; give how many."""
    rows = MinutesRequest.objects.filter(answered_at__lt=now - KEPT).exclude(email="")
    return rows.update(person=None, name="", email="", body="")
