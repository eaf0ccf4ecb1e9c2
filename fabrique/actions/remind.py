"""One mail before it closes, to those who asked for it: composed by a relay, put once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from msgspec import Struct
from msgspec.structs import replace

from fabrique.actions.access import removal_token
from fabrique.actions.addresses import CLOSING, letters_of
from fabrique.actions.outbox import File, Letter, put
from fabrique.domain.announcement import Announcement, Message
from fabrique.domain.bodies import to_micros
from fabrique.domain.cover import in_zone
from fabrique.domain.language import language
from fabrique.domain.registry import discover
from fabrique.domain.session import Session
from fabrique.domain.text import Invalid, Text
from fabrique.store.here import prepared
from fabrique.store.journal import Head
from fabrique.store.models import Address, Dispatch, Reminder

NO_MAIL = Text(
    "This house sends no mail: nobody was written to. Whoever installed it sets FABRIQUE_MAIL_URL."
)


class Sent(Struct, frozen=True):
    """How many people are written to, and how many could not be."""

    people: int
    failed: int


def closing(head: Head, session: Session, now: datetime) -> Announcement:
    """Say what is to be announced of a session that has a date; raise `Invalid` without one."""
    if session.pace.until is None:
        raise Invalid(Text("This session has no date: there is nothing to remind of."))
    zone = session.plan.timezone
    return Announcement(
        code=head.code,
        title=session.plan.title,
        address=settings.PUBLIC_URL + reverse("session", args=[head.code]),
        until=in_zone(session.pace.until, zone),
        now=in_zone(now, zone),
    )


def composed(relay: str, about: Announcement, code: str) -> Message:
    """Have one of our relays write an announcement."""
    found: Message = discover("fabrique.relays")[relay].compose(about, language(code))
    return found


def remind(head: Head, now: datetime) -> Sent:
    """Write once to those who asked to be told before it closes; raise `Invalid`."""
    session = prepared(head)
    about = closing(head, session, now)
    if not settings.MAILS:
        raise Invalid(NO_MAIL)
    if head.ended_at is not None or session.pace.closed_at is not None or about.now >= about.until:
        raise Invalid(Text("It is closed already: nobody was written to."))
    rows = list(Address.objects.filter(session=head.id, remind=True).order_by("email"))
    if not rows:
        raise Invalid(Text("Nobody has asked to be reminded: nobody was written to."))
    with transaction.atomic():
        claim = _claim(head.id, to_micros(about.until))
        letters_of(head.id).filter(state__in=("draft", "released")).delete()  # of another date
        for row, letter in zip(rows, _letters(head, session, about, rows), strict=True):
            key = f"{_key(claim)}{row.pk}"
            put(letter, key, now, released=True, stale_at=about.until)
    return Sent(len(rows), 0)


def reminded(head: Head, session: Session) -> Sent | None:
    """Say whether those who asked were told of the date as it is now, and how many could not be."""
    until = session.pace.until
    claim = until and Reminder.objects.filter(session=head.id, until=to_micros(until)).first()
    if not claim:
        return None
    rows = Dispatch.objects.filter(key__startswith=_key(claim))
    return Sent(rows.count(), rows.filter(state="failed").count())


def _claim(session: int, until: int) -> Reminder:
    """Say that it is sent, as it is: two who press at once send once."""
    try:
        with transaction.atomic():
            return Reminder.objects.create(session=session, until=until)
    except IntegrityError:
        raise Invalid(Text("The reminder of this date was sent already: once is enough.")) from None


def _key(claim: Reminder) -> str:
    return f"{CLOSING}:{claim.session}:{claim.until}:"


def _letters(
    head: Head, session: Session, about: Announcement, rows: list[Address]
) -> Iterator[Letter]:
    code = session.plan.language
    event = composed("ical", about, code)
    for row in rows:
        link = reverse("address-gone", args=[head.code, removal_token(row.pk)])
        words = composed("email", replace(about, gone=settings.PUBLIC_URL + link), code)
        yield Letter(
            relay="email",
            to=row.email,
            subject=words.subject,
            body=words.body,
            files=(File(event.name, event.media_type, event.body),),
        )
