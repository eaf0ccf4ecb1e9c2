"""What somebody is entrusted with in the house: a role, from a day to another."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import Retention

ROLES = ("staff", "board", "facilitator", "organiser")


def _export(row: Mandate) -> dict[str, Any]:
    return {"role": row.role, "since": row.since.isoformat()}


def _erase(row: Mandate) -> None:
    row.delete()


class Mandate(models.Model):
    """A role somebody holds in the whole house until it is ended."""

    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """A role is held once at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(until__isnull=True), name="mandate_once"
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="mandate_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"
