"""A call for contributions, what was proposed, and what its readers think of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.call import DECISIONS, State
from fabrique.domain.programme import Kind
from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Call(models.Model):
    """The call of a gathering: from when until when, and what is asked beside a title."""

    gathering = models.OneToOneField(
        "store.Gathering", on_delete=models.CASCADE, related_name="call"
    )
    about = models.TextField(blank=True)  # Markdown
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    questions = models.JSONField(default=list)  # `fabrique/domain/call.py`

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """It closes after it opens."""

        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="call_in_order"
            )
        ]

    def __str__(self) -> str:
        return str(self.gathering)


def _export(row: Contribution) -> dict[str, Any]:
    own = {"title": row.title, "about": row.about, "name": row.name, "email": row.email}
    return {"gathering": row.call.gathering.title, **own, "answers": row.answers}


def _erase(row: Contribution) -> None:
    # A decision was taken about it: the line stays, who wrote it and what they said is gone.
    row.person, row.name, row.about, row.answers = None, "", "", {}
    row.email = f"{row.id}@erased.invalid"
    row.save(update_fields=["person", "name", "about", "answers", "email"])


class Contribution(models.Model):
    """Something proposed by anybody; `pending` is decided and not yet said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(
        "store.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=20, default=Kind.TALK.value)
    language = models.CharField(max_length=5, default="fr")  # of what is proposed, and of the mails
    minutes = models.PositiveSmallIntegerField(default=60)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    pending = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)  # said in the letter
    rounds = models.PositiveSmallIntegerField(default=0)  # letters of decision so far
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """States and decisions are those of the rules."""

        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(State)), name="contribution_state"),
            models.CheckConstraint(
                condition=Q(pending__in=("", *DECISIONS)), name="contribution_pending"
            ),
            models.CheckConstraint(condition=Q(kind__in=tuple(Kind)), name="contribution_kind"),
        ]
        indexes = [models.Index(fields=["call", "state"], name="contribution_of")]

    def __str__(self) -> str:
        return self.title


def _remark(row: Remark) -> dict[str, Any]:
    return {"about": row.contribution.title, "grade": row.grade, "text": row.text}


def _forget(row: Remark) -> None:
    row.delete()


class Remark(models.Model):
    """What one of the group thinks of a contribution: read by the group, never by its author."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="remarks")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(export=_remark, erase=_forget)

    class Meta:
        """One each."""

        constraints = [
            models.UniqueConstraint(fields=["contribution", "by"], name="remark_once"),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__gte=1, grade__lte=5), name="remark_grade"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.contribution}"
