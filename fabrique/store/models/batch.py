"""A file of members that was taken in, and what it made or changed, so that it can be undone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.store.retention import Retention


def _batch_data(row: Batch) -> dict[str, Any]:
    return {"origin": row.origin, "at": row.at.isoformat()}


def _no_longer_theirs(row: Batch) -> None:
    row.by = None
    row.save(update_fields=["by"])


class Batch(models.Model):
    """One file, taken in once: the sum of its bytes says so."""

    origin = models.CharField(max_length=40)  # helloasso, galette, paheko, table
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    retention: ClassVar[Retention] = Retention(export=_batch_data, erase=_no_longer_theirs)

    class Meta:
        """The same file is in once."""

        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(undone_at__isnull=True), name="batch_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.at:%Y-%m-%d}"


def _export(row: Taken) -> dict[str, Any]:
    return {"origin": row.batch.origin, "what": row.what, "before": row.before}


def _erase(row: Taken) -> None:
    row.delete()


class Taken(models.Model):
    """One row that a batch made (`before` is empty) or changed (`before` says what it was)."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="taken")
    what = models.CharField(max_length=20)  # person, membership, structure
    row = models.CharField(max_length=40)  # its id
    person = models.ForeignKey(
        "store.Person", null=True, on_delete=models.CASCADE, related_name="+"
    )
    before = models.JSONField(null=True)
    after = models.JSONField(default=dict)  # to see whether somebody changed it since

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """Read by batch."""

        indexes = [models.Index(fields=["batch", "id"], name="taken_batch")]

    def __str__(self) -> str:
        return f"{self.what}:{self.row}"
