"""A request to join the association, and what the team answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.store.retention import Retention

STATES = ("asked", "accepted", "declined")


def _export(row: Application) -> dict[str, Any]:
    return {
        "asked_at": row.asked_at.isoformat(),
        "words": row.words,
        "state": row.state,
        "answer": row.answer,
    }


def _find(person: Any) -> Q:
    return Q(person=person)  # whoever answered it is not who it is about


def _erase(row: Application) -> None:
    row.delete()


class Application(models.Model):
    """Somebody with an account asks to adhere; the team accepts or declines."""

    person = models.ForeignKey(
        "store.Person", on_delete=models.CASCADE, related_name="applications"
    )
    words = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="asked")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(blank=True)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase, find=_find)

    class Meta:
        """One at a time waits for its answer."""

        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="asked"), name="application_once"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="application_state"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.state}"
