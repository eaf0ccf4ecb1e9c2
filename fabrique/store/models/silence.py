"""Addresses that asked to hear no more: of one thing, or of anything that goes to many."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from fabrique.store.retention import Retention


def digest(email: str) -> str:
    """Give what is kept of an address: enough to know it again, nothing to write to."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def _export(row: Silence) -> dict[str, Any]:
    return {"about": row.about, "since": row.since.isoformat()}


def _keep(_row: Silence) -> None:
    """Keep it: it is a refusal, and holds no address; without it they would be written to again."""


class Silence(models.Model):
    """The sum of an address, and what it hears no more of."""

    digest = models.CharField(max_length=64)
    about = models.CharField(max_length=100, blank=True)  # "gathering:UUID"; empty: all
    since = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_keep)

    class Meta:
        """Once is enough."""

        constraints = [models.UniqueConstraint(fields=["digest", "about"], name="silence_once")]

    def __str__(self) -> str:
        return self.about or "all"
