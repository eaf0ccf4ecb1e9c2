"""Who speaks, what they prepare by when, and what they answered."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.domain.preparation import Form, Role
from fabrique.store.retention import NOTHING_PERSONAL, Retention


def _export(row: Speaker) -> dict[str, Any]:
    answers = [one.retention.export(one) for one in row.answers.select_related("duty")]
    own = {"name": row.name, "email": row.email, "about": row.about}
    return {"gathering": row.gathering.title, **own, "answers": answers}


def _erase(row: Speaker) -> None:
    # The programme was public: that somebody spoke stays, who it was is gone.
    row.person, row.name, row.email, row.about = None, "", "", ""
    row.save(update_fields=["person", "name", "email", "about"])
    row.answers.all().delete()
    for version in row.gathering.versions.all():
        version.content = _without(version.content, str(row.pk))
        version.save(update_fields=["content"])


def _without(content: Any, speaker: str) -> Any:
    """Give a frozen programme whose lines no longer name a speaker."""
    if isinstance(content, list):
        return [_without(one, speaker) for one in content]
    if not isinstance(content, dict):
        return content
    known = {key: _without(value, speaker) for key, value in content.items()}
    return {**known, "name": ""} if known.get("id") == speaker else known


class Speaker(models.Model):
    """Somebody who has a part in a gathering, with or without an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="speakers"
    )
    person = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="speaks"
    )
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    about = models.TextField(blank=True)

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """An address is one speaker of a gathering."""

        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "email"], condition=~Q(email=""), name="speaker_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """The part of a speaker in an item."""

    item = models.ForeignKey("store.Item", on_delete=models.CASCADE, related_name="parts")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="parts")
    role = models.CharField(max_length=20, default=Role.SPEAKER.value)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Once in an item."""

        constraints = [
            models.UniqueConstraint(fields=["item", "speaker"], name="part_once"),
            models.CheckConstraint(condition=Q(role__in=tuple(Role)), name="part_role"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} · {self.item}"


class Duty(models.Model):
    """What every speaker, or those of one role, gives so many days before."""

    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="duties"
    )
    role = models.CharField(max_length=20, blank=True)  # "": everybody
    form = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    days_before = models.PositiveSmallIntegerField(default=14)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """A form of the rules."""

        constraints = [
            models.CheckConstraint(condition=Q(form__in=tuple(Form)), name="duty_form"),
            models.UniqueConstraint(fields=["gathering", "role", "title"], name="duty_once"),
        ]

    def __str__(self) -> str:
        return self.title


def _answer(row: DutyAnswer) -> dict[str, Any]:
    return {"asked": row.duty.title, "answer": row.value, "at": row.at.isoformat()}


def _forget(row: DutyAnswer) -> None:
    row.delete()


class DutyAnswer(models.Model):
    """What a speaker gave: yes, no, or words; the last one counts."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="answers")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="answers")
    value = models.TextField()
    at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(export=_answer, erase=_forget)

    class Meta:
        """One answer each."""

        constraints = [models.UniqueConstraint(fields=["duty", "speaker"], name="duty_answer_once")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.value}"
