"""When: the team's free and blocked slots, and the poll by which a group agrees on one."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fabrique.store.retention import NOTHING_PERSONAL, Retention

KINDS = ("free", "blocked")


def new_token() -> str:
    """Draw the secret of a poll's link."""
    return secrets.token_urlsafe(16)


class Slot(models.Model):
    """A while in which the team can host a gathering, or cannot."""

    kind = models.CharField(max_length=10, default="free")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Its end comes after its beginning."""

        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="slot_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_in_order"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="slot_start")]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at}"


class Poll(models.Model):
    """The question of when, asked by a link; `version` is written first by whoever answers."""

    gathering = models.ForeignKey("store.Gathering", on_delete=models.CASCADE, related_name="polls")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    closes_at = models.DateTimeField()
    closed = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return self.token


class Option(models.Model):
    """A slot that a poll asks about."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kept = models.BooleanField(default=False)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Each beginning once; one at most is kept."""

        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at", "ends_at"], name="option_once"),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(kept=True), name="option_kept_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="option_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}"


def _export(row: Availability) -> dict[str, Any]:
    return {"name": row.name, "email": row.email, "choices": row.choices}


def _erase(row: Availability) -> None:
    row.delete()


class Availability(models.Model):
    """What somebody answered to a poll: for each slot yes, if need be or no."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="answers")
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    person = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="availabilities"
    )
    key = models.CharField(max_length=64)  # the sum of what the device that answered holds
    choices = models.JSONField(default=dict)  # option id → "yes", "maybe", "no"
    at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(_export, _erase)

    class Meta:
        """One answer a device."""

        constraints = [models.UniqueConstraint(fields=["poll", "key"], name="availability_once")]

    def __str__(self) -> str:
        return self.name
