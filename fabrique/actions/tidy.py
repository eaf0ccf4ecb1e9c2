"""What the house does of itself every day: ask, forget, throw away."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction

from fabrique.actions.profile import remind_yearly
from fabrique.actions.requests.answer import expire
from fabrique.store.models import Happening, Membership, Person, Taken

UNPROVED = timedelta(days=2)


def tidy(now: datetime) -> None:
    """Do all of it; twice is once."""
    remind_yearly(now)
    forget_unproved(now)
    expire(now)
    Session.objects.filter(expire_date__lt=now).delete()


def forget_unproved(now: datetime) -> int:
    """Erase accounts that somebody asked for and whose address nobody proved; say how many.

    Not those that the team, a file or the command line made: they wait for their person.
    """
    waiting = EmailAddress.objects.filter(verified=False, user__last_login__isnull=True)
    old = waiting.filter(user__created_at__lt=now - UNPROVED).values_list("user", flat=True)
    gone = 0
    with transaction.atomic():
        for person in Person.objects.filter(pk__in=list(old)):
            if not _awaited(person):
                person.delete()
                gone += 1
    return gone


def _awaited(person: Person) -> bool:
    made = Happening.objects.filter(about=f"person:{person.pk}").exists()
    taken = Taken.objects.filter(person=person).exists()
    return made or taken or Membership.objects.filter(person=person).exists()
