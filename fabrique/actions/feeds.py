"""One's own calendar feed: an address that is a secret, and can be changed."""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction

from fabrique.actions.history import note
from fabrique.store.models import FeedKey, Person
from fabrique.store.models.feed import nonce

_signer = Signer(sep=".", salt="fabrique.feed")


def secret_of(person: Person) -> str | None:
    """Give the secret of somebody's feed, if they have one."""
    key = FeedKey.objects.filter(person=person).first()
    return _signer.sign(key.nonce) if key else None


def renew(person: Person, now: datetime) -> str:
    """Give a new secret; the old one leads nowhere from now on."""
    with transaction.atomic():
        values = {"nonce": nonce(), "since": now}
        key, _ = FeedKey.objects.update_or_create(person=person, defaults=values)
        note("feed.renewed", person, person)
    return _signer.sign(key.nonce)


def revoke(person: Person) -> None:
    """Close somebody's feed."""
    with transaction.atomic():
        FeedKey.objects.filter(person=person).delete()
        note("feed.revoked", person, person)


def owner(secret: str) -> Person | None:
    """Give whose feed it is; nobody for a secret that is wrong, old, or of somebody put to rest."""
    try:
        found = _signer.unsign(secret)
    except BadSignature:
        return None
    key = FeedKey.objects.filter(nonce=found, person__is_active=True).select_related("person")
    row = key.first()
    return row.person if row else None
