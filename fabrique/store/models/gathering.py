"""A gathering, and who organises it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fabrique.domain.gathering import State
from fabrique.domain.tier import Tier
from fabrique.store.retention import Retention

MODES = ("remote", "site", "hybrid")
LANES = ("prepared", "quick")
DOORS = ("open", "registered")  # who enters its session: whoever has the link, or who registered


def _among(name: str, values: tuple[str, ...]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{name}__in": values}), name=f"gathering_{name}")


def _proposed(row: Gathering) -> dict[str, Any]:
    return {"proposed": row.title, "created_at": row.created_at.isoformat()}


def _no_proposer(row: Gathering) -> None:
    row.proposer = None
    row.save(update_fields=["proposer"])


class Gathering(models.Model):
    """A moment to which people come: a café, a Fabrique, a meeting, days, an assembly."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=300, blank=True)  # what the community asks itself
    about = models.TextField(blank=True)  # Markdown
    language = models.CharField(max_length=5, default="fr")
    format = models.CharField(max_length=50, blank=True)  # what it was made from
    lane = models.CharField(max_length=20, default="prepared")
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    audience = models.CharField(max_length=20, default=Tier.GUEST.value)
    door = models.CharField(max_length=20, default="open")
    mode = models.CharField(max_length=20, default="remote")
    series = models.ForeignKey(
        "store.Series", null=True, blank=True, on_delete=models.SET_NULL, related_name="gatherings"
    )
    proposer = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="proposed"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    all_day = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, default="Europe/Paris")
    place = models.CharField(max_length=200, blank=True)
    directions = models.TextField(blank=True)  # the address, and how to get in
    target = models.PositiveIntegerField(null=True, blank=True)  # how many people are hoped for
    session = models.CharField(max_length=12, blank=True)  # the code of its live room
    sequence = models.PositiveIntegerField(default=0)  # of its calendar entry (RFC 5545)
    reason = models.CharField(max_length=500, blank=True)  # why it is postponed or cancelled
    until_when = models.CharField(max_length=100, blank=True)  # "the autumn", if postponed
    documented_by = models.DateField(null=True, blank=True)  # when its documentation is owed
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)  # what calendars and feeds show of it

    retention: ClassVar[Retention] = Retention(export=_proposed, erase=_no_proposer)

    class Meta:
        """States and words are those of the rules; an end is not before its beginning."""

        constraints = [
            _among("state", tuple(State)),
            _among("audience", tuple(Tier)),
            _among("mode", MODES),
            _among("lane", LANES),
            _among("door", DOORS),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="gathering_in_order",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="gathering_agenda")]

    def __str__(self) -> str:
        return self.title


def _export(row: Organiser) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "since": row.since.isoformat()}


def _erase(row: Organiser) -> None:
    row.delete()


class Organiser(models.Model):
    """A person of the organising group of a gathering."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="organisers")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="organises")
    role = models.CharField(max_length=80, blank=True)  # what they look after in it
    since = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """Once in a group."""

        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="organiser_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.gathering}"
