"""Links that work once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fabrique.store.retention import NOTHING_PERSONAL, Retention


class SpentLink(models.Model):
    """A one-time link that has been used: the hash of its token, never the token."""

    digest = models.CharField(max_length=64, primary_key=True)
    spent_at = models.DateTimeField(auto_now_add=True)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return self.digest
