"""A link by which somebody without an account sends one recording."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from fabrique.store.retention import Retention


def _export(row: RecordingLink) -> dict[str, Any]:
    return {"minutes": row.minutes.title, "made": row.made_at.isoformat()}


def _erase(row: RecordingLink) -> None:
    row.made_by = None
    row.save(update_fields=["made_by"])


class RecordingLink(models.Model):
    """One browser may hold it: the first that opens it. Both secrets are kept as their sums."""

    minutes = models.ForeignKey(
        "store.Minutes", on_delete=models.CASCADE, related_name="recording_links"
    )
    digest = models.CharField(max_length=64, unique=True)  # of its address
    label = models.CharField(max_length=80)  # what it is for: “table 3”
    made_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=64, blank=True)  # the browser that opened it

    retention: ClassVar[Retention] = Retention(_export, _erase)

    class Meta:
        """Held by a browser once it was opened, and only then."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(opened_at=None, holder="")
                | (models.Q(opened_at__isnull=False) & ~models.Q(holder="")),
                name="recording_link_held",
            )
        ]
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.label
