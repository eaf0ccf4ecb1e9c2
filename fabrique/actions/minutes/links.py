"""A link by which somebody without an account sends one recording, and reads nothing else."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from fabrique.actions.access import NoAccess
from fabrique.actions.history import note
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, Person, Recording, RecordingLink

LONGEST_LABEL = 80
MOST_DAYS = 30
USUAL_DAYS = 7
UNNAMED = Text("Say whom or what this link is for: a name, a table.")
TOO_LONG = Text("A link is open for a day at least, for thirty at most.")


def make(minutes: Minutes, label: str, days: int, by: Person, now: datetime) -> str:
    """Make a link; give its secret, which is kept nowhere. Raises `Invalid`."""
    named = " ".join(label.split())[:LONGEST_LABEL]
    if not named:
        raise Invalid(UNNAMED, "label")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(TOO_LONG, "days")
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        RecordingLink.objects.create(
            minutes=minutes,
            digest=_sum(secret),
            label=named,
            made_by=by,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        note("minutes.link", minutes, by, until=(now + timedelta(days=days)).isoformat())
    return secret


def find(secret: str, now: datetime) -> RecordingLink:
    """Find a link that still serves; raise `NoAccess`, whatever is wrong with it."""
    rows = RecordingLink.objects.select_related("minutes__gathering")
    alive = Q(withdrawn_at=None, expires_at__gt=now)
    row = rows.filter(alive, digest=_sum(secret)).first()
    if row is None:
        raise NoAccess
    return row


def open_once(secret: str, now: datetime) -> str:
    """Have this browser hold it; give the browser's own secret. The second gets `NoAccess`."""
    row, own = find(secret, now), secrets.token_urlsafe(24)
    fresh = {"holder": _sum(own), "opened_at": now}
    if not RecordingLink.objects.filter(pk=row.pk, holder="").update(**fresh):
        raise NoAccess
    return own


def held(secret: str, own: str, now: datetime) -> RecordingLink:
    """Find the link that this browser holds; raise `NoAccess`."""
    row = find(secret, now)
    if not row.holder or not hmac.compare_digest(row.holder, _sum(own)):
        raise NoAccess
    return row


def own_recording(link: RecordingLink) -> Recording | None:
    """Give the one recording that came by a link, if any did."""
    return Recording.objects.filter(minutes=link.minutes, link=link).first()


def withdraw(minutes: Minutes, pk: int, by: Person, now: datetime) -> None:
    """Have a link lead nowhere any more; what came by it stays."""
    with transaction.atomic():
        rows = RecordingLink.objects.filter(minutes=minutes, pk=pk, withdrawn_at=None)
        if rows.update(withdrawn_at=now):
            note("minutes.link-withdrawn", minutes, by)


def _sum(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
