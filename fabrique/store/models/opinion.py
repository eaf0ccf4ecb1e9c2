"""What those who use a tool of the library say of it: stars, and words."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.store.models.resource import Resource
from fabrique.store.retention import Retention


def _rated(row: Rating) -> dict[str, Any]:
    return {"resource": row.resource.title, "stars": row.stars, "at": row.at.isoformat()}


def _delete(row: models.Model) -> None:
    row.delete()


class Rating(models.Model):
    """One to five stars, one each, the last counts."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="ratings")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(_rated, _delete)

    class Meta:
        """One a person, on the scale."""

        constraints = [
            models.UniqueConstraint(fields=["resource", "person"], name="rating_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.stars}"


def _said(row: Comment) -> dict[str, Any]:
    return {"resource": row.resource.title, "body": row.body, "at": row.at.isoformat()}


class Comment(models.Model):
    """What somebody says of a tool; hidden, its author and the team alone still read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="comments")
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why it is hidden

    retention: ClassVar[Retention] = Retention(_said, _delete)

    class Meta:
        """The oldest first."""

        ordering = ("at",)

    def __str__(self) -> str:
        return self.body[:60]


def _reported(row: CommentReport) -> dict[str, Any]:
    return {"comment": str(row.comment), "why": row.why, "at": row.at.isoformat()}


class CommentReport(models.Model):
    """Somebody asks the team to look at a comment; the team alone reads it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    retention: ClassVar[Retention] = Retention(_reported, _delete)

    class Meta:
        """One each."""

        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="comment_report_once")
        ]

    def __str__(self) -> str:
        return str(self.comment)
