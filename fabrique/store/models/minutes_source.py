"""What minutes are made from beside their own session: chats, notes, links, other sessions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.brought import KINDS, NOTE
from fabrique.store.models.minutes import Minutes
from fabrique.store.retention import Retention


def _export(row: MinutesSource) -> dict[str, Any]:
    own = [one["text"] for one in row.lines] if row.kind == NOTE else []
    return {"minutes": row.minutes.title, "title": row.title, "notes": own}


def _erase(row: MinutesSource) -> None:
    # What was brought stays with the text that cites it; who brought it is no longer said.
    row.by = None
    row.save(update_fields=["by"])


class MinutesSource(models.Model):
    """A source that a person brought. Its number is given once: citations lead to it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="sources")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=300, blank=True)  # of a file, of a link
    target = models.CharField(max_length=500, blank=True)  # where a link leads; a session's code
    lines = models.JSONField(default=list)  # [{"text", "by", "at"}]
    private = models.PositiveIntegerField(default=0)  # messages to one person, which were left out
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    # Who wrote a message is a name that a file gave: nothing ties it to an account.
    retention: ClassVar[Retention] = Retention(_export, _erase)

    class Meta:
        """Numbered once; another session feeds a text once."""

        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="source_once"),
            models.UniqueConstraint(
                fields=["minutes", "target"], condition=Q(kind="session"), name="session_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="source_kind"),
        ]
        ordering = ("number",)

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.number}"
