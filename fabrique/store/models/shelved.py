"""The shelf: one row for each text that somebody may read, whatever made it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fabrique.domain.resource import Kind
from fabrique.domain.tier import Tier
from fabrique.store.retention import NOTHING_PERSONAL, Retention

MINUTES = "minutes"  # the kind of what a session left


class Shelved(models.Model):
    """An edition of minutes or a resource, as lists and searches need it; its words are beside."""

    kind = models.CharField(max_length=20)
    edition = models.OneToOneField("store.Edition", null=True, on_delete=models.CASCADE)
    resource = models.OneToOneField("store.Resource", null=True, on_delete=models.CASCADE)
    audience = models.CharField(max_length=20)
    on = models.DateField()  # its own date: of the session, of its publication
    format = models.CharField(max_length=50, blank=True)
    gathering = models.ForeignKey(
        "store.Gathering", null=True, on_delete=models.SET_NULL, related_name="shelved"
    )
    series = models.ForeignKey(
        "store.Series", null=True, on_delete=models.SET_NULL, related_name="shelved"
    )
    themes = models.ManyToManyField("store.Theme", related_name="shelved")

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """One text a row; kinds and audiences are those of the rules."""

        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MINUTES, edition__isnull=False, resource__isnull=True)
                | Q(kind__in=tuple(Kind), edition__isnull=True, resource__isnull=False),
                name="shelved_one",
            ),
            models.CheckConstraint(condition=Q(audience__in=tuple(Tier)), name="shelved_audience"),
        ]
        indexes = [models.Index(fields=["audience", "-on", "-id"], name="shelved_newest")]

    def __str__(self) -> str:
        return str(self.edition or self.resource)
