"""From a draft to the day: what was proposed, who is asked to help, what is left to do."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.checklist import STATES
from fabrique.store.retention import Retention

VERDICTS = ("", "accept", "back", "decline")
INVITATIONS = ("invited", "asked")  # by the group; by somebody who would like to join it
INVITATION_STATES = ("open", "accepted", "declined", "withdrawn")


def _export_preparation(row: Preparation) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "wish": row.wish, "notes": row.notes}


def _erase_preparation(row: Preparation) -> None:
    row.decided_by = None
    row.save(update_fields=["decided_by"])


class Preparation(models.Model):
    """What stands beside a gathering while it is prepared, and what its format brought."""

    gathering = models.OneToOneField(
        "store.Gathering", primary_key=True, on_delete=models.CASCADE, related_name="preparation"
    )
    version = models.PositiveIntegerField(default=0)  # of the draft: told when two write at once
    notes = models.JSONField(default=dict)  # what the draft says, by field
    parts = models.JSONField(default=dict)  # copied from the format: mails, questions, roles…
    seeks = models.BooleanField(default=False)  # looks for others to organise it
    wish = models.CharField(max_length=500, blank=True)  # whom, or what for
    verdict = models.CharField(max_length=10, blank=True)  # decided, not told yet
    word = models.TextField(blank=True)  # what the team says with it
    decided_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField(null=True)

    retention: ClassVar[Retention] = Retention(_export_preparation, _erase_preparation)

    class Meta:
        """Only verdicts that there are."""

        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="preparation_verdict")
        ]

    def __str__(self) -> str:
        return f"{self.gathering}"


def _export_invitation(row: Invitation) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "email": row.email, "state": row.state}


def _erase_invitation(row: Invitation) -> None:
    row.delete()


class Invitation(models.Model):
    """Somebody asked to join an organising group, or who asks to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="invitations"
    )
    kind = models.CharField(max_length=10)
    email = models.EmailField()
    person = models.ForeignKey(
        "store.Person", null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, default="open")
    at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(_export_invitation, _erase_invitation)

    class Meta:
        """An address waits once for an answer."""

        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "email"], condition=Q(state="open"), name="invitation_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=INVITATIONS), name="invitation_kind"),
            models.CheckConstraint(
                condition=Q(state__in=INVITATION_STATES), name="invitation_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.state}"


def _export_task(row: Task) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "step": row.title or row.key, "state": row.state}


def _erase_owner(row: Task) -> None:
    row.owner = None
    row.save(update_fields=["owner"])


class Task(models.Model):
    """A step of the checklist of a gathering."""

    gathering = models.ForeignKey("store.Gathering", on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10)
    title = models.CharField(max_length=200, blank=True)  # empty: the lane's own words
    rule = models.CharField(max_length=10, blank=True)  # "J-21"
    due_on = models.DateField(null=True, blank=True)  # chosen by hand, instead of the rule
    state = models.CharField(max_length=10, default="todo")
    owner = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks"
    )

    retention: ClassVar[Retention] = Retention(_export_task, _erase_owner)

    class Meta:
        """A step stands once in its checklist."""

        constraints = [
            models.UniqueConstraint(fields=["gathering", "key"], name="task_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="task_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.state}"
