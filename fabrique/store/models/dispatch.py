"""The outbox: every mail and relay is a row first, that a person releases and the worker sends."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.store.retention import Retention

STATES = ("draft", "released", "sending", "sent", "failed", "missed", "dropped")


def _export(row: Dispatch) -> dict[str, Any]:
    return {"to": row.to, "subject": row.subject, "body": row.body, "state": row.state}


def _find(person: Any) -> Q:
    return Q(to__iexact=person.email)  # not what they released to others


def _erase(row: Dispatch) -> None:
    row.delete()


class Dispatch(models.Model):
    """One message to one place, by one relay; `key` makes it unique whoever asks twice."""

    key = models.CharField(max_length=200, unique=True)
    relay = models.CharField(max_length=40)  # the file name in fabrique/relays
    to = models.CharField(max_length=320)  # an address, or the name of a hook of the house
    subject = models.CharField(max_length=500, blank=True)
    body = models.TextField()
    files = models.JSONField(default=list)  # [{name, media_type, body}], texts
    headers = models.JSONField(default=dict)
    about = models.CharField(max_length=100, blank=True)  # "gathering:UUID", "registration:UUID"
    batch = models.CharField(max_length=150, blank=True)  # the same words, to several places
    state = models.CharField(max_length=20, default="draft")
    due_at = models.DateTimeField(default=timezone.now)
    stale_at = models.DateTimeField(null=True, blank=True)  # after that: missed, never sent late
    released_by = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase, find=_find)

    class Meta:
        """Read by the worker in the order of what is due."""

        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="dispatch_state")]
        indexes = [
            models.Index(fields=["state", "due_at"], name="dispatch_due"),
            models.Index(fields=["about"], name="dispatch_about"),
            models.Index(fields=["batch"], name="dispatch_batch"),
            models.Index(fields=["to", "created_at"], name="dispatch_to"),
        ]

    def __str__(self) -> str:
        return f"{self.relay} → {self.to}: {self.state}"
