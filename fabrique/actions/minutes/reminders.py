"""Reminders of what is owed: before its day, on it and after; each once, none of what is over.

An action is reminded of at once to whoever wants it; of the others nobody asked whether they may
be written to: theirs wait for a person of the team, as drafts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct

from fabrique.actions.history import name_of
from fabrique.actions.minutes import owed
from fabrique.actions.minutes.commitments import live
from fabrique.actions.news import gone_address, silenced
from fabrique.actions.outbox import Letter, put
from fabrique.domain.debt_letter import ACTION, TRACE, About, Moment, compose, moment
from fabrique.domain.language import language
from fabrique.domain.registry import discover
from fabrique.store.models import Commitment, Gathering, Person, RemindMe
from fabrique.store.models.silence import digest

HOUR = time(8)  # by the clocks of the house
FARTHEST = timedelta(days=120)  # since a gathering: later, its page says it is late


class Reminder(Struct, frozen=True):
    """A letter to be written: of what, under which name in the outbox, while it is true."""

    told: About
    about: str
    key: str
    step: Moment


def plan(now: datetime) -> int:
    """Keep the letters of the day in the outbox; give how many there are. Harmless to run again."""
    return _actions(now) + _traces(now)


def _actions(now: datetime) -> int:
    today = timezone.localtime(now).date()
    span = timedelta(days=ACTION.after + ACTION.stays), timedelta(days=ACTION.before)
    rows = live().filter(done_at=None, owner__is_active=True)
    near = rows.filter(due__gte=today - span[0], due__lte=today + span[1])
    return sum(_remind(row, today, now) for row in near)


def _remind(row: Commitment, today: date, now: datetime) -> int:
    assert row.due is not None  # noqa: S101 - only those with a day are asked about
    assert row.owner is not None  # noqa: S101 - and with an owner
    step, about = moment(row.due, today, ACTION), name_of(row)
    if step is None or digest(row.owner.email) in silenced(about):
        return 0
    link = settings.PUBLIC_URL + reverse("commitment", args=[row.pk])
    told = About(row.minutes.title, row.due, link, row.text)
    key = f"{about}:{row.due}:{step.which}:{row.owner.pk.hex}"
    wants = RemindMe.objects.filter(person=row.owner).exists()
    with transaction.atomic():
        _put(Reminder(told, about, key, step), row.owner, now, released=wants)
    return 1


def _traces(now: datetime) -> int:
    today = timezone.localtime(now).date()
    recent = owed.took_place(now).filter(starts_at__gt=now - FARTHEST)
    count = 0
    for debt in owed.debts(recent):
        step = None if debt.over else moment(debt.due, today, TRACE)
        if step is not None:
            count += _tell(debt.gathering, debt.due, step, now)
    return count


def _tell(row: Gathering, due: date, step: Moment, now: datetime) -> int:
    about = name_of(row)
    link = settings.PUBLIC_URL + reverse("minutes-owed") + f"#g-{row.slug}"
    told, silent, count = About(row.title, due, link), silenced(about), 0
    for person in _group(row):
        if digest(person.email) not in silent:
            key = f"{owed.key_of(row)}{due}:{step.which}:{person.pk.hex}"
            _put(Reminder(told, about, key, step), person, now, released=True)
            count += 1
    return count


def _group(row: Gathering) -> Iterator[Person]:
    people = (one.person for one in row.group)  # type: ignore[attr-defined]
    yield from (one for one in people if one.is_active)


def _put(what: Reminder, to: Person, now: datetime, *, released: bool) -> None:
    words, mail = language(to.language), discover("fabrique.relays")["email"]
    message = compose(what.told, timezone.localtime(now).date(), words)
    gone = gone_address(to.email, what.about)
    letter = Letter(
        relay="email",
        to=to.email,
        subject=message.subject,
        body=message.body + mail.foot(gone, words),
        headers=mail.leaving(gone),
        about=what.about,
    )
    due_at = max(now, _morning(what.step.since))
    stale_at = _night(what.step.until)
    put(letter, what.key, now, released=released, due_at=due_at, stale_at=stale_at)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))


def _night(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def wants(person: Person) -> bool:
    """Whether somebody wants to be reminded of what they are entrusted with."""
    return RemindMe.objects.filter(person=person).exists()


def want(person: Person, now: datetime, *, yes: bool) -> None:
    """Have somebody reminded from now on, or no more."""
    if yes:
        RemindMe.objects.get_or_create(person=person, defaults={"since": now})
    else:
        RemindMe.objects.filter(person=person).delete()
