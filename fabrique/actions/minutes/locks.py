"""Who is at a part of a text: one person, until they go elsewhere or give no sign for a while.

A lock keeps two people from writing over each other; it merges nothing. It is taken by the first
act in a part, renewed by the page while somebody is at it, and can be taken over, said so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, Person, SectionLock

LAPSE = timedelta(minutes=3)  # without a sign of life
HELD = Text(
    "{name} has been at this part since {time}. What you typed is still here: wait, or take the"
    " part over."
)
AT = Text("{name} has been at this part since {time}.")


class Held(Struct, frozen=True):
    """A part that somebody else is at."""

    section: str
    said: Text


def take(minutes: Minutes, section: str, by: Person, now: datetime, *, over: bool = False) -> None:
    """Be at a part, and at no other; raise `Invalid` where somebody else is, unless `over`."""
    part = section[:300]
    with transaction.atomic():
        rows = SectionLock.objects.filter(minutes=minutes, section=part)
        SectionLock.objects.filter(minutes=minutes, person=by).exclude(section=part).delete()
        if rows.filter(person=by).update(seen_at=now):
            return
        # One statement looks and takes: of two who come at once, one finds it taken.
        free = rows if over else rows.filter(seen_at__lt=now - LAPSE)
        if free.update(person=by, since=now, seen_at=now):
            if over:
                note("minutes.taken-over", minutes, by, section=part)
            return
        _take_new(rows, minutes, part, by, now)


def _take_new(
    rows: QuerySet[SectionLock], minutes: Minutes, part: str, by: Person, now: datetime
) -> None:
    try:
        with transaction.atomic():
            SectionLock.objects.create(
                minutes=minutes, section=part, person=by, since=now, seen_at=now
            )
    except IntegrityError:
        row = rows.select_related("person").first()
        raise Invalid(_said(row, HELD) if row else HELD, "held") from None


def held(minutes: Minutes, me: Person, now: datetime) -> list[Held]:
    """Give the parts that others are at."""
    rows = _others(minutes, me, now).select_related("person").order_by("section")
    return [Held(row.section, _said(row, AT)) for row in rows]


def check_free(minutes: Minutes, me: Person, now: datetime) -> None:
    """Raise `Invalid` where somebody else is at any part: what changes all of them waits."""
    row = _others(minutes, me, now).select_related("person").first()
    if row is not None:
        raise Invalid(_said(row, HELD), "held")


def _others(minutes: Minutes, me: Person, now: datetime) -> QuerySet[SectionLock]:
    return SectionLock.objects.filter(~Q(person=me), minutes=minutes, seen_at__gte=now - LAPSE)


def _said(row: SectionLock, words: Text) -> Text:
    time = row.since.astimezone(ZoneInfo(settings.TIME_ZONE))
    return Text(words.msgid, {"name": row.person.named, "time": f"{time:%H:%M}"})
