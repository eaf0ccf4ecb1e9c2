"""Working groups, and who is in them or asks to be."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.store.retention import NOTHING_PERSONAL, Retention

STATES = ("asked", "in")


class WorkingGroup(models.Model):
    """People who work on one subject for a while."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return self.title


def _export(row: GroupMember) -> dict[str, Any]:
    return {"group": row.group.title, "state": row.state, "since": row.since.isoformat()}


def _erase(row: GroupMember) -> None:
    row.delete()


class GroupMember(models.Model):
    """Somebody of a group, or who asks to join it; somebody of the group accepts."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="groups")
    state = models.CharField(max_length=20, default="asked")
    since = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """Once in a group."""

        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="group_member_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="group_member_state"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.group}"
