"""The programme of a gathering: rooms, items that may run side by side, and moves on the grid."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.programme import LONGEST, SHORTEST, Kind
from fabrique.domain.tier import Tier
from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Room(models.Model):
    """A place of the gathering where one thing happens at a time."""

    gathering = models.ForeignKey("store.Gathering", on_delete=models.CASCADE, related_name="rooms")
    title = models.CharField(max_length=80)
    seats = models.PositiveIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)  # its column, from the left

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """A room is named once in its gathering."""

        constraints = [models.UniqueConstraint(fields=["gathering", "title"], name="room_once")]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """A moment of the programme; without a beginning it waits in the list beside the grid.

    What a release has shown is never deleted, only `dropped`: those who picked it are to be told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey("store.Gathering", on_delete=models.CASCADE, related_name="items")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, default=Kind.TALK.value)
    about = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    audience = models.CharField(max_length=20, default=Tier.GUEST.value)
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    pool = models.ForeignKey(
        "store.Pool", null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    contribution = models.OneToOneField(
        "store.Contribution",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="item",
    )
    dropped = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Kinds and lengths are those of the rules."""

        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(Kind)), name="item_kind"),
            models.CheckConstraint(condition=Q(audience__in=tuple(Tier)), name="item_audience"),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="item_minutes"
            ),
        ]
        indexes = [models.Index(fields=["gathering", "dropped"], name="item_of")]

    def __str__(self) -> str:
        return self.title


def _export(row: Move) -> dict[str, Any]:
    return {"at": row.at.isoformat(), "before": row.before, "after": row.after}


def _erase(row: Move) -> None:
    row.by = None
    row.save(update_fields=["by"])


class Move(models.Model):
    """An item put elsewhere on the grid: where it was and where it went, to be taken back."""

    gathering = models.ForeignKey("store.Gathering", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="moves")
    before = models.JSONField()  # {starts_at, room, minutes}
    after = models.JSONField()
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    def __str__(self) -> str:
        return f"{self.item} {self.at}"
