"""How people were told that they are recorded, and what they answered to it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import Retention


def _export_notice(row: RecordingNotice) -> dict[str, Any]:
    return {"session": row.session, "words": row.words, "at": row.at.isoformat()}


def _erase_notice(row: RecordingNotice) -> None:
    row.by, row.by_name = None, ""
    row.save(update_fields=["by", "by_name"])


class RecordingNotice(models.Model):
    """What was told, by whom, when: a line is never changed, the last one is what is shown."""

    session = models.CharField(max_length=12)  # by its code: it may be told before minutes begin
    words = models.CharField(max_length=500)
    kept_until = models.DateField(null=True)
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)  # of whoever has no account
    at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(_export_notice, _erase_notice)

    class Meta:
        """In the order of telling."""

        indexes = [models.Index(fields=["session"], name="notice_session")]
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words[:60]


def _export_objection(row: Objection) -> dict[str, Any]:
    return {"session": row.session, "words": row.words, "at": row.at.isoformat()}


def _erase_objection(row: Objection) -> None:
    # Who objected is forgotten with their words; whoever wrote it down for another is forgotten
    # alone.
    if row.person_id:
        row.person, row.name, row.words = None, "", ""
    row.written_by = None
    row.save(update_fields=["person", "name", "words", "written_by"])


class Objection(models.Model):
    """Somebody would rather not be recorded: by an account, from a seat, or for another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.CharField(max_length=12)
    person = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="objections"
    )
    participant = models.CharField(max_length=64, blank=True)  # the seat that it came from
    name = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    written_by = models.ForeignKey(  # by whom, for somebody else
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    retention: ClassVar[Retention] = Retention(_export_objection, _erase_objection)

    class Meta:
        """In the order of coming."""

        indexes = [models.Index(fields=["session"], name="objection_session")]
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.session} · {self.at:%Y-%m-%d}"


VERDICTS = ("cut", "declined")


def _export_answer(row: ObjectionAnswer) -> dict[str, Any]:
    return {"session": row.objection.session, "words": row.words, "at": row.at.isoformat()}


def _erase_answer(row: ObjectionAnswer) -> None:
    row.by = None
    row.save(update_fields=["by"])


class ObjectionAnswer(models.Model):
    """What was done about an objection: moments cut out, or a reason why not."""

    objection = models.OneToOneField(Objection, on_delete=models.CASCADE, related_name="answer")
    verdict = models.CharField(max_length=10)
    words = models.CharField(max_length=500, blank=True)
    span = models.JSONField(null=True)  # what was cut, in milliseconds of the recording as it came
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(_export_answer, _erase_answer)

    class Meta:
        """A refusal has its reason."""

        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="objection_verdict"),
            models.CheckConstraint(
                condition=Q(verdict="cut") | ~Q(words=""), name="objection_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.verdict
