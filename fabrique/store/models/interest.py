"""Whether somebody means to come, said before there is anything to register for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.store.retention import Retention

ANSWERS = ("yes", "maybe", "no")


def _export(row: Interest) -> dict[str, Any]:
    return {
        "gathering": row.gathering.title,
        "email": row.email,
        "name": row.name,
        "answer": row.answer,
        "at": row.at.isoformat(),
    }


def _erase(row: Interest) -> None:
    row.delete()


class Interest(models.Model):
    """One answer of one address; the last one counts."""

    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="interests"
    )
    person = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    email = models.EmailField()
    name = models.CharField(max_length=200)
    answer = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """An address answers once."""

        constraints = [
            models.UniqueConstraint(fields=["gathering", "email"], name="interest_once"),
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="interest_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.answer}"
