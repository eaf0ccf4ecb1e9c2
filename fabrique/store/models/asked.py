"""What readers ask of a text that was published: that words be put right, or be taken out."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.models.minutes import Minutes
from fabrique.store.models.resource import Resource
from fabrique.store.retention import Retention

KINDS = ("correction", "removal")
STATES = ("open", "done", "declined")


def _export(row: ReaderRequest) -> dict[str, Any]:
    return {
        "text": row.text.title,
        "kind": row.kind,
        "name": row.name,
        "email": row.email,
        "body": row.body,
        "at": row.at.isoformat(),
        "answer": row.answer,
    }


def _erase(row: ReaderRequest) -> None:
    # That something was asked, and answered, stays counted.
    row.person, row.name, row.email, row.body = None, "", "", ""
    row.save(update_fields=["person", "name", "email", "body"])


def _find(person: Any) -> Q:
    return Q(person=person.pk) | Q(email__iexact=person.email)


class ReaderRequest(models.Model):
    """One request, about one sentence or moment of minutes or a whole text; answered once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(
        "store.Minutes", null=True, on_delete=models.CASCADE, related_name="requests"
    )
    resource = models.ForeignKey(
        "store.Resource", null=True, on_delete=models.CASCADE, related_name="requests"
    )
    edition = models.PositiveIntegerField(null=True)  # of minutes: the number of what they read
    kind = models.CharField(max_length=12)
    place = models.CharField(max_length=20, blank=True)  # "s-2-1", "t-14"; the whole text
    body = models.TextField()
    person = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="reader_requests"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    retention: ClassVar[Retention] = Retention(_export, _erase, _find)

    class Meta:
        """Answered with a sentence, or not yet."""

        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="reader_request_kind"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="reader_request_state"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="reader_request_answered",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False, resource=None, edition__isnull=False)
                | Q(minutes=None, resource__isnull=False, edition=None, place=""),
                name="reader_request_about",
            ),
        ]
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.kind} · {self.state}"

    @property
    def text(self) -> Minutes | Resource:
        """Give what it is about: minutes, or a text that no session made."""
        return self.minutes or self.resource  # type: ignore[return-value]  # one of both, as stored
