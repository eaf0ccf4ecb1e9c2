"""What somebody would like of the workshops that are offered, best first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import Retention


def _export(row: WorkshopChoice) -> dict[str, Any]:
    return {
        "gathering": row.registration.gathering.title,
        "composition": row.composition.title,
        "ranked": row.ranked,
        "at": row.at.isoformat(),
    }


def _erase(row: WorkshopChoice) -> None:
    row.delete()


def _of(person: Any) -> Q:
    return Q(registration__person=person.pk) | Q(registration__email__iexact=person.email)


class WorkshopChoice(models.Model):
    """The choices of one registration; a workshop is named by the first item that holds it."""

    composition = models.ForeignKey(
        "store.Composition", on_delete=models.CASCADE, related_name="choices"
    )
    registration = models.ForeignKey(
        "store.Registration", on_delete=models.CASCADE, related_name="choices"
    )
    ranked = models.JSONField()  # ids, the first choice first
    at = models.DateTimeField()  # of the last change

    retention: ClassVar[Retention] = Retention(_export, _erase, _of)

    class Meta:
        """One list each."""

        constraints = [
            models.UniqueConstraint(
                fields=["composition", "registration"], name="workshop_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.composition} · {self.registration_id}"
