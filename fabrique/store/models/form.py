"""How one registers to a gathering: what is asked, from when, who is first, for how much."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fabrique.domain.seat import Fairness
from fabrique.store.retention import NOTHING_PERSONAL, Retention

PRICES = ("free", "flat", "link")


class Form(models.Model):
    """One a gathering; without it, registering is open at once and asks nothing but a name."""

    gathering = models.OneToOneField(
        "store.Gathering", on_delete=models.CASCADE, related_name="form", primary_key=True
    )
    asked = models.JSONField(default=list)  # as `domain/asked.py` reads it
    opens_at = models.DateTimeField(null=True, blank=True)
    early = models.JSONField(default=dict)  # {tier: days before}
    closes_before = models.PositiveIntegerField(default=0)  # minutes before the start
    fairness = models.CharField(max_length=20, default=Fairness.ARRIVAL.value)
    seed = models.CharField(max_length=64, blank=True)  # of the draw, once it was made
    drawn_at = models.DateTimeField(null=True, blank=True)
    offers_stop = models.PositiveIntegerField(default=240)  # minutes before the start
    price = models.CharField(max_length=20, default="free")
    fees = models.JSONField(default=dict)  # {tier: cents}
    pay_at = models.URLField(max_length=500, blank=True)  # where one pays
    letters = models.JSONField(default=dict)  # {what: words added to the letter about it}
    reminders = models.JSONField(default=list)  # minutes from the start (−) or from the end (+)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Words are those of the rules."""

        constraints = [
            models.CheckConstraint(
                condition=Q(fairness__in=sorted(Fairness)), name="form_fairness"
            ),
            models.CheckConstraint(condition=Q(price__in=PRICES), name="form_price"),
        ]

    def __str__(self) -> str:
        return f"{self.gathering}"
