"""Groups of a gathering: what was asked, each plan that came of it, the one that holds."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import Retention

KINDS = ("tables", "workshops")
STATES = ("waiting", "working", "done", "impossible", "stopped")
WHYS = ("asked", "repaired", "moved", "restored")


def _export(row: Composition) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "title": row.title, "at": row.created_at.isoformat()}


def _export_version(row: CompositionVersion) -> dict[str, Any]:
    return {"composition": row.composition.title, "number": row.number, "at": row.at.isoformat()}


def _erase(row: models.Model) -> None:
    row.by = None  # type: ignore[attr-defined]
    row.save(update_fields=["by"])


class Composition(models.Model):
    """Groups of a gathering. People are named by their registration alone: erased, it names nobody.

    `played` rounds are past and are never composed again. Of workshops by choice, `asks` is what is
    chosen from, as `domain/offering.py` reads it, until `closes_at` (None: until somebody says).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="compositions"
    )
    kind = models.CharField(max_length=20, default="tables")
    title = models.CharField(max_length=200)
    current = models.ForeignKey(
        "store.CompositionVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    played = models.PositiveSmallIntegerField(default=0)
    shown = models.BooleanField(default=False)  # to those who sit there
    asks = models.JSONField(null=True)
    closes_at = models.DateTimeField(null=True)
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(_export, _erase)

    class Meta:
        """Only kinds that there are."""

        constraints = [models.CheckConstraint(condition=Q(kind__in=KINDS), name="composition_kind")]

    def __str__(self) -> str:
        return self.title


class CompositionVersion(models.Model):
    """One plan, or the wish for one: what was asked, how far it is, what came of it.

    `plan` is `fabrique.plan/1` without its sentences, `told` are these; a plan is never changed.
    """

    composition = models.ForeignKey(Composition, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=10, default="asked")
    wanted = models.JSONField()  # as `domain/composing.py` reads it
    before = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    played = models.PositiveSmallIntegerField(default=0)  # when it was asked for
    absent = models.JSONField(default=list)  # registrations that a repair does without
    late = models.JSONField(default=list)  # and those that it takes in
    seed = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default="waiting")
    share = models.FloatField(default=0)  # of the work that is done
    plan = models.JSONField(null=True)
    told = models.JSONField(default=list)  # [{msgid, params, plural}]
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)  # somebody is at it

    retention: ClassVar[Retention] = Retention(_export_version, _erase)

    class Meta:
        """Numbered from 1 in its composition."""

        constraints = [
            models.UniqueConstraint(
                fields=["composition", "number"], name="composition_version_once"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="composition_version_state"),
            models.CheckConstraint(condition=Q(why__in=WHYS), name="composition_version_why"),
        ]
        indexes = [models.Index(fields=["state", "at"], name="composition_waiting")]

    def __str__(self) -> str:
        return f"{self.composition} · {self.number}"
