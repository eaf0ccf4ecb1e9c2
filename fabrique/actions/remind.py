"""One mail before it closes, to those who asked for it: composed by a relay, sent here, once."""

from __future__ import annotations

import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.urls import reverse
from msgspec import Struct

from fabrique.actions.access import removal_token
from fabrique.domain.announcement import Announcement, Message
from fabrique.domain.bodies import to_micros
from fabrique.domain.cover import in_zone
from fabrique.domain.language import language
from fabrique.domain.registry import discover
from fabrique.domain.session import Session
from fabrique.domain.text import Invalid, Text
from fabrique.store.here import prepared
from fabrique.store.journal import Head
from fabrique.store.models import Address, Reminder

NO_MAIL = Text(
    "This house sends no mail: nobody was written to. Whoever installed it sets FABRIQUE_MAIL_URL."
)


class Sent(Struct, frozen=True):
    """How many people were written to, and how many could not be."""

    people: int
    failed: int


def closing(head: Head, session: Session, now: datetime, gone: str = "") -> Announcement:
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
        gone=gone,
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
    claim = _claim(head.id, to_micros(about.until))
    sent, why = _sent(head, session, now, rows)
    if not sent.people:
        claim.delete()  # it may be tried again
        raise Invalid(Text("The mail could not be sent, to anybody: {why}.", {"why": why}))
    return sent


def reminded(head: Head, session: Session) -> bool:
    """Whether those who asked were told of the date as it is now."""
    until = session.pace.until
    if until is None:
        return False
    return Reminder.objects.filter(session=head.id, until=to_micros(until)).exists()


def _claim(session: int, until: int) -> Reminder:
    """Say that it is sent, before it is: two who press at once send once."""
    try:
        with transaction.atomic():
            return Reminder.objects.create(session=session, until=until)
    except IntegrityError:
        raise Invalid(Text("The reminder of this date was sent already: once is enough.")) from None


def _sent(head: Head, session: Session, now: datetime, rows: list[Address]) -> tuple[Sent, str]:
    people, why = 0, ""
    line = get_connection()
    try:
        line.open()
        for row in rows:
            mail = _mail(head, session, now, row)
            mail.connection = line
            try:
                people += mail.send()
            except (smtplib.SMTPException, OSError) as error:
                why = str(error)
    except (smtplib.SMTPException, OSError) as error:
        why = str(error)
    finally:
        line.close()
    return Sent(people, len(rows) - people), why


def _mail(head: Head, session: Session, now: datetime, row: Address) -> EmailMessage:
    gone = settings.PUBLIC_URL + reverse("address-gone", args=[head.code, removal_token(row.pk)])
    about, code = closing(head, session, now, gone), session.plan.language
    words, event = composed("email", about, code), composed("ical", about, code)
    mail = EmailMessage(words.subject, words.body, settings.MAIL_FROM, [row.email])
    mail.attach(event.name, event.body, "text/calendar")
    return mail
