"""Frozen releases of a programme, and what people picked of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from fabrique.store.retention import Retention


def _export_version(row: ProgrammeVersion) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "released": row.number}


def _erase_releaser(row: ProgrammeVersion) -> None:
    row.released_by = None
    row.save(update_fields=["released_by"])


class ProgrammeVersion(models.Model):
    """The whole programme as it was released; changed only where a speaker is to be forgotten."""

    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()  # a `domain.programme.Programme`
    note = models.CharField(max_length=500, blank=True)  # a word to those who read it
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    retention: ClassVar[Retention] = Retention(_export_version, _erase_releaser)

    class Meta:
        """Numbered from 1 in its gathering."""

        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.gathering} · {self.number}"


def _export(row: Pick) -> dict[str, Any]:
    return {"gathering": row.item.gathering.title, "item": row.item.title}


def _erase(row: Pick) -> None:
    row.delete()


class Pick(models.Model):
    """An item that somebody keeps in their own agenda; it takes no seat."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="picks")
    item = models.ForeignKey("store.Item", on_delete=models.CASCADE, related_name="picks")
    at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """Once."""

        constraints = [models.UniqueConstraint(fields=["person", "item"], name="pick_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.item}"
