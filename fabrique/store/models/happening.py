"""What was done with what the association owns: a line beside each change, in its transaction."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from fabrique.store.retention import Retention


def _export(row: Happening) -> dict[str, Any]:
    return {"at": row.at.isoformat(), "verb": row.verb, "about": row.about, "data": row.data}


def _find(person: Any) -> models.Q:
    return models.Q(by=person) | models.Q(about=f"person:{person.pk}")


def _erase(row: Happening) -> None:
    row.by, row.data = None, {}
    row.save(update_fields=["by", "data"])


class Happening(models.Model):
    """Who did what to which thing, when; `data` holds what changed, never a secret."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=64)
    about = models.CharField(max_length=100)  # "gathering:UUID", "registration:7"…
    data = models.JSONField(default=dict)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase, find=_find)

    class Meta:
        """Read by what it is about, latest last."""

        indexes = [models.Index(fields=["about", "id"], name="happening_about")]

    def __str__(self) -> str:
        return f"{self.verb} {self.about}"
