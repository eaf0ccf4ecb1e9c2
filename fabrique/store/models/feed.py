"""The way to one's own calendar: an address that says who one is, until it is changed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from fabrique.store.retention import Retention


def nonce() -> str:
    """Draw what an address is made from; it is signed, so that the table alone opens nothing."""
    return secrets.token_urlsafe(16)


def _export(row: FeedKey) -> dict[str, Any]:
    since: datetime = row.since
    return {"since": since.isoformat()}


def _erase(row: FeedKey) -> None:
    row.delete()


class FeedKey(models.Model):
    """One a person: with another `nonce`, the old address leads nowhere."""

    person = models.OneToOneField(
        "store.Person", on_delete=models.CASCADE, primary_key=True, related_name="feed_key"
    )
    nonce = models.CharField(max_length=40, unique=True, default=nonce)
    since = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    def __str__(self) -> str:
        return f"{self.person_id}"
