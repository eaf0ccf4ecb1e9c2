"""The search for a venue: leads, criteria, a deadline, a decision with its reason."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.domain.venues import HEAVIEST, Measure
from fabrique.domain.venues import Lead as Rules
from fabrique.store.retention import NOTHING_PERSONAL, Retention


class VenueSearch(models.Model):
    """The search of one gathering."""

    gathering = models.OneToOneField(
        "store.Gathering", on_delete=models.CASCADE, related_name="venue_search"
    )
    needs = models.TextField(blank=True)
    decide_by = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why this one
    decided_at = models.DateTimeField(null=True, blank=True)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return str(self.gathering)


class VenueCriterion(models.Model):
    """What venues are compared by, and how much it weighs."""

    search = models.ForeignKey(VenueSearch, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(max_length=80)
    measure = models.CharField(max_length=20, default=Measure.GRADE.value)
    wanted = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)  # 0: told, not counted
    rank = models.PositiveSmallIntegerField(default=0)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """A criterion is named once."""

        constraints = [
            models.UniqueConstraint(fields=["search", "title"], name="criterion_once"),
            models.CheckConstraint(
                condition=Q(measure__in=tuple(Measure)), name="criterion_measure"
            ),
            models.CheckConstraint(condition=Q(weight__lte=HEAVIEST), name="criterion_weight"),
        ]

    def __str__(self) -> str:
        return self.title


def _export(row: VenueLead) -> dict[str, Any]:
    return {"name": row.name, "place": row.place, "contact": row.contact}


def _erase(row: VenueLead) -> None:
    row.owner, row.contact = None, ""
    row.save(update_fields=["owner", "contact"])


class VenueLead(models.Model):
    """A place that might do; somebody of the group looks after it."""

    search = models.ForeignKey(VenueSearch, on_delete=models.CASCADE, related_name="leads")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)  # the address
    contact = models.CharField(max_length=300, blank=True)  # whom to call there
    owner = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="venue_leads"
    )
    state = models.CharField(max_length=20, default=Rules.IDEA.value)
    note = models.TextField(blank=True)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """A lead is named once; one at most is chosen."""

        constraints = [
            models.UniqueConstraint(fields=["search", "name"], name="lead_once"),
            models.UniqueConstraint(
                fields=["search"], condition=Q(state=Rules.CHOSEN.value), name="lead_chosen"
            ),
            models.CheckConstraint(condition=Q(state__in=tuple(Rules)), name="lead_state"),
        ]

    def __str__(self) -> str:
        return self.name


class VenueValue(models.Model):
    """What a lead has under a criterion: a figure if it is measured, and words."""

    lead = models.ForeignKey(VenueLead, on_delete=models.CASCADE, related_name="values")
    criterion = models.ForeignKey(VenueCriterion, on_delete=models.CASCADE, related_name="values")
    figure = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """One each."""

        constraints = [
            models.UniqueConstraint(fields=["lead", "criterion"], name="venue_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.figure} {self.words}"
