"""The tables of the journal. Only `store/journal.py` reads and writes them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from fabrique.store.here import here
from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Session(models.Model):
    """The live room of a gathering: its code, its plan, and how far its journal goes."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    # Changes when the past of the journal does: by import and redaction, never by a restart.
    epoch = models.CharField(max_length=16)
    last_seq = models.BigIntegerField(default=0)
    plan = models.TextField()
    created_at = models.BigIntegerField()  # µs since 1970, UTC
    ended_at = models.BigIntegerField(null=True)
    fingerprint = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - none is not ""

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return self.code


def _participant_data(row: Participant) -> dict[str, Any]:
    answers = Entry.objects.filter(session=row.session, participant=row.participant)
    return {
        "session": row.session.code,
        "name": row.name,
        "heads": row.heads,
        "entries": [entry.retention.export(entry) for entry in answers.order_by("seq")],
    }


def _forget_name(row: Participant) -> None:
    Participant.objects.filter(pk=row.pk).update(name="")


class Participant(models.Model):
    """The side table of names: the only place where a participant has one."""

    pk = models.CompositePrimaryKey("session_id", "participant")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    participant = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    heads = models.PositiveIntegerField(default=1)
    group = models.CharField(max_length=200, null=True)  # noqa: DJ001 - no group is not a group ""

    retention: ClassVar[Retention] = Retention(export=_participant_data, erase=_forget_name)

    def __str__(self) -> str:
        return self.participant


def _entry_data(row: Entry) -> dict[str, Any]:
    return {"seq": row.seq, "kind": row.kind, "at": row.at, "body": row.body}


def _redact(row: Entry) -> None:
    # A running hub finds out at its next line, and folds again.
    here().redact(row.session_id, row.seq, timezone.now())


class Entry(models.Model):
    """A line of the journal; `participant` is empty for the animation."""

    pk = models.CompositePrimaryKey("session_id", "seq")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    seq = models.BigIntegerField()
    at = models.BigIntegerField()  # µs since 1970, UTC
    participant = models.CharField(max_length=64, blank=True)
    op = models.CharField(max_length=64)
    run = models.CharField(max_length=200, null=True)  # noqa: DJ001 - no run is not a run ""
    group = models.CharField(max_length=200, null=True)  # noqa: DJ001 - no group is not a group ""
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    body = models.TextField()

    retention: ClassVar[Retention] = Retention(export=_entry_data, erase=_redact)

    class Meta:
        """The same act of the same person is kept once."""

        constraints = [
            models.UniqueConstraint(fields=["session", "participant", "op"], name="entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}.{self.seq}"
