"""What was ticked at the door, by which phone: each act once, however often it is sent."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import Retention

ACTS = ("in", "out", "walk-in")


def _export(row: CheckIn) -> dict[str, Any]:
    return {"gathering": row.registration.gathering.title, "act": row.act, "at": str(row.at)}


def _erase(row: CheckIn) -> None:
    row.delete()


class CheckIn(models.Model):
    """One act of one phone; its id was made there, before the line was found."""

    id = models.UUIDField(primary_key=True)
    registration = models.ForeignKey(
        "store.Registration", on_delete=models.CASCADE, related_name="checkins"
    )
    act = models.CharField(max_length=10)
    at = models.DateTimeField()  # by the clock of the phone
    kept_at = models.DateTimeField()
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """Acts are those of the door."""

        constraints = [models.CheckConstraint(condition=Q(act__in=ACTS), name="checkin_act")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.act}"
