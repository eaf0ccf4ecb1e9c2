"""A reader asks for words to be put right or taken out; those who answer are told."""

from __future__ import annotations

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from msgspec import Struct

from fabrique.actions import letters
from fabrique.actions.history import note
from fabrique.actions.requests.texts import Published, about
from fabrique.domain.text import Invalid, Text
from fabrique.domain.typography import printable
from fabrique.store.models import Edition, Minutes, Person, ReaderRequest, Resource
from fabrique.store.models.asked import KINDS

MOST = 40  # requests on one text that wait
FEW = 3  # that wait, of one address
LONGEST = 2000
_PLACE = re.compile(r"(?:s-\d{1,4}-\d{1,4}|t-\d{1,6})?\Z")
ABOUT = {
    "correction": Text("“{title}”: a correction is asked for"),
    "removal": Text("“{title}”: somebody asks for words to be taken out"),
}


class Asked(Struct, frozen=True):
    """What somebody sends."""

    kind: str
    body: str
    place: str = ""
    name: str = ""
    email: str = ""
    language: str = "fr"


def ask(
    read: Edition | Resource, asked: Asked, person: Person | None, now: datetime
) -> ReaderRequest:
    """Keep a request about what was read and tell those who answer for it.

    Raises `Invalid`, nothing being kept.
    """
    name, email = _who(asked, person)
    body = printable(asked.body).strip()[:LONGEST]
    if asked.kind not in KINDS or not _PLACE.match(asked.place):
        raise Invalid(Text("Choose one of what is offered."), "kind")
    if not body:
        raise Invalid(Text("Say in a few words what is to be changed, and why."), "body")
    text: Published = read.minutes if isinstance(read, Edition) else read
    with transaction.atomic():
        _check_room(text, email)
        row = ReaderRequest.objects.create(
            minutes=text if isinstance(text, Minutes) else None,
            resource=text if isinstance(text, Resource) else None,
            edition=read.number if isinstance(read, Edition) else None,
            kind=asked.kind,
            place=asked.place,
            body=body,
            person=person,
            name=name,
            email=email,
            language=person.language if person else asked.language,
            at=now,
        )
        verb = {"request": str(row.pk)}
        note("minutes.requested" if row.minutes else "resource.requested", text, person, **verb)
        _tell(row, text, now)
    return row


def _check_room(text: Published, email: str) -> None:
    # Written first, so that two who ask at once come one after the other.
    type(text)._default_manager.filter(pk=text.pk).update(slug=text.slug)  # noqa: SLF001
    waiting = text.requests.filter(state="open")
    if waiting.count() >= MOST or waiting.filter(email__iexact=email).count() >= FEW:
        raise Invalid(Text("Several requests wait for an answer here: yours was not kept."))


def _tell(row: ReaderRequest, text: Published, now: datetime) -> None:
    """Say that it waits, not its words: what is to be taken out is not sent round once more."""
    told = about(text)
    subject = Text(ABOUT[row.kind].msgid, {"title": text.title})
    letter = letters.Note(subject, told.asked, told.desk)
    for one in told.writers:
        letters.write(one, letter, text, f"request:{row.pk}:{one.pk}", now)


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
