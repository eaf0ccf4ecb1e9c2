"""A draft that was asked of a language model: how far it is, what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.models.minutes import Minutes
from fabrique.store.retention import Retention

STATES = ("waiting", "working", "done", "stopped")


def _export(row: Asking) -> dict[str, Any]:
    return {"minutes": row.minutes.title, "host": row.host, "at": row.at.isoformat()}


def _erase(row: Asking) -> None:
    row.by = None
    row.save(update_fields=["by"])


class Asking(models.Model):
    """The last draft asked for one text; whatever came of it, the text is as people left it."""

    minutes = models.OneToOneField(Minutes, on_delete=models.CASCADE, related_name="asking")
    host = models.CharField(max_length=253)
    tool = models.CharField(max_length=200)  # the model and its host, as sentences carry them
    state = models.CharField(max_length=10, default="waiting")
    share = models.FloatField(default=0)  # of the work that is done
    proposed = models.PositiveIntegerField(default=0)  # sentences
    told = models.JSONField(default=list)  # what whoever reviews should know: [{msgid, params}]
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)  # somebody is at it

    retention: ClassVar[Retention] = Retention(_export, _erase)

    class Meta:
        """Only states that there are."""

        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="asking_state")]

    def __str__(self) -> str:
        return f"{self.minutes} · {self.host}"
