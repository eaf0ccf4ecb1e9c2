"""The video link of a gathering, and the host's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import NOTHING_PERSONAL, Retention

STATES = ("wanted", "ready", "failed")


class VideoRoom(models.Model):
    """Where a gathering meets at a distance. `host_url` is for its organising group alone."""

    gathering = models.OneToOneField(
        "store.Gathering", primary_key=True, on_delete=models.CASCADE, related_name="video"
    )
    kind = models.CharField(max_length=20)  # the file name in fabrique/video
    state = models.CharField(max_length=10, default="wanted")
    join_url = models.CharField(max_length=2000, blank=True)
    host_url = models.CharField(max_length=2000, blank=True)
    provider_id = models.CharField(max_length=100, blank=True)
    error = models.JSONField(default=dict)  # a sentence: {msgid, params}
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)  # when it is tried again by itself
    claimed_until = models.DateTimeField(null=True)  # somebody is at it
    starts_at = models.DateTimeField(null=True)  # the slot that the provider was told

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Only states that there are."""

        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="video_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
