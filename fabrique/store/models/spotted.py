"""What others organise and the team thinks worth a look: beside our gatherings in the agenda."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fabrique.domain.when import Span
from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Spotted(models.Model):
    """An event elsewhere: it has no page here, only an address there."""

    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    all_day = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True)  # who organises it
    why = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Read by date."""

        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="spotted_in_order",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="spotted_agenda")]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> Span:
        """When it takes place, by our clocks."""
        return Span(self.starts_at, self.ends_at, settings.TIME_ZONE, self.all_day)
