"""Memberships: of a person, or of a structure; dated, paid or not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fabrique.domain.tier import Span
from fabrique.store.retention import Retention


def _export(row: Membership) -> dict[str, Any]:
    until = row.ends_on.isoformat() if row.ends_on else None
    return {"from": row.starts_on.isoformat(), "until": until, "paid": row.paid}


def _erase(row: Membership) -> None:
    row.delete()


class Membership(models.Model):
    """One period of one member; the tier is worked out from these, never stored."""

    person = models.ForeignKey(
        "store.Person", null=True, on_delete=models.CASCADE, related_name="memberships"
    )
    structure = models.ForeignKey(
        "store.Structure", null=True, on_delete=models.CASCADE, related_name="memberships"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    paid = models.BooleanField(default=False)
    source = models.CharField(max_length=100, blank=True)  # where it was taken from

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """Of one or of the other; an end is not before its beginning."""

        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, structure__isnull=True)
                | Q(person__isnull=True, structure__isnull=False),
                name="membership_of_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.structure} {self.starts_on}"

    @property
    def span(self) -> Span:
        """Give the period as the rules of tiers read it."""
        return Span(self.starts_on, self.ends_on, self.paid)
