"""Minutes: their sources, their sentences, and the editions that were published."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.edition import Stage, Verdict
from fabrique.domain.tier import Tier
from fabrique.store.models.series import Series
from fabrique.store.retention import NOTHING_PERSONAL, Retention


def _export_minutes(row: Minutes) -> dict[str, Any]:
    return {"title": row.title, "validated": str(row.validated_at or "")}


def _erase_minutes(row: Minutes) -> None:
    # The text stands; who stood by it is forgotten.
    row.reviewed_by = row.validated_by = row.begun_by = None
    row.save(update_fields=["reviewed_by", "validated_by", "begun_by"])


class Minutes(models.Model):
    """What is written of one session. `version` is raised first by whoever changes the text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    gathering = models.ForeignKey(
        "store.Gathering", null=True, on_delete=models.SET_NULL, related_name="minutes"
    )
    session = models.CharField(max_length=12, unique=True)  # the code of the live session
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="fr")
    stage = models.CharField(max_length=10, default=Stage.DRAFT.value)
    version = models.PositiveIntegerField(default=0)
    mended = models.JSONField(default=dict)  # what was put right of its transcript, counted
    begun_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    validated_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="validations"
    )
    validated_at = models.DateTimeField(null=True)
    themes = models.ManyToManyField("store.Theme", related_name="minutes", blank=True)
    series = models.ForeignKey(  # of a text whose gathering is of none
        "store.Series", null=True, blank=True, on_delete=models.SET_NULL, related_name="minutes"
    )

    retention: ClassVar[Retention] = Retention(_export_minutes, _erase_minutes)

    class Meta:
        """Only stages that there are."""

        constraints = [
            models.CheckConstraint(condition=Q(stage__in=sorted(Stage)), name="minutes_stage")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def of_series(self) -> Series | None:
        """Give the series of its gathering, else its own."""
        return (self.gathering.series if self.gathering else None) or self.series


class Cue(models.Model):
    """A few seconds of what was said; the N-th is what `t:N` points at. Times in milliseconds."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="cues")
    number = models.PositiveIntegerField()  # from 1
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    changed = models.BooleanField(default=False)  # by a person, since it came in

    # Speakers are names that a file gave: nothing ties them to an account. Whoever is named asks
    # for a correction, and the cue is edited.
    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Numbered once."""

        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="cue_once"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="cue_in_order"),
        ]
        ordering = ("number",)

    def __str__(self) -> str:
        return f"t:{self.number}"


def _export_sentence(row: MinutesSentence) -> dict[str, Any]:
    return {"minutes": row.minutes.title, "text": row.text}


def _erase_sentence(row: MinutesSentence) -> None:
    # What was written together stays; who wrote it is no longer said.
    row.author = row.by = row.owner = None
    row.save(update_fields=["author", "by", "owner"])


class MinutesSentence(models.Model):
    """One sentence: where it comes from, what was found against it, what a person said of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="sentences")
    section = models.CharField(max_length=300, blank=True)
    rank = models.FloatField()  # over the whole text
    kind = models.CharField(max_length=20)
    drafter = models.CharField(max_length=20, blank=True)  # which one proposed it
    tool = models.CharField(max_length=200, blank=True)  # the model of others behind it, its host
    text = models.TextField()
    cites = models.JSONField(default=list)  # [{"ref", "quote"}]
    found = models.JSONField(default=list)  # rules that it breaks: [{"rule", "blocks", "text"}]
    verdict = models.CharField(max_length=10, default=Verdict.PROPOSED.value)
    author = models.ForeignKey(  # whose words these are; nobody's where they were drafted
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="sentences"
    )
    author_name = models.CharField(max_length=200, blank=True)  # of who wrote it in the session
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True)
    owner = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    owner_name = models.CharField(max_length=200, blank=True)  # of whoever has no account
    due = models.DateField(null=True)

    retention: ClassVar[Retention] = Retention(_export_sentence, _erase_sentence)

    class Meta:
        """Only verdicts that there are."""

        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=sorted(Verdict)), name="verdict_known")
        ]
        ordering = ("rank",)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def owned(self) -> str:
        """Name who does it."""
        return self.owner.named if self.owner else self.owner_name


def _export_edition(row: Edition) -> dict[str, Any]:
    return {"minutes": row.minutes.title, "edition": row.number}


def _erase_edition(row: Edition) -> None:
    row.by = None
    row.save(update_fields=["by"])


class Edition(models.Model):
    """The text as it was published: it changes by redaction alone.

    Withdrawn, only its number stays known.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    audience = models.CharField(max_length=20, default=Tier.ADHERENT.value)
    content = models.JSONField()  # a `domain.article.Article`
    # Whose words or whose validation it carries, by their ids in the text: who is forgotten has no
    # name in it any more.
    people = models.ManyToManyField("store.Person", related_name="editions")
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=500, blank=True)  # what changed, in a person's words
    withdrawn_at = models.DateTimeField(null=True)
    redacted_at = models.DateTimeField(null=True)  # words were taken out of it, on request

    retention: ClassVar[Retention] = Retention(_export_edition, _erase_edition)

    class Meta:
        """Numbered from 1 in its minutes; read by a tier."""

        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="edition_once"),
            models.CheckConstraint(condition=Q(audience__in=sorted(Tier)), name="edition_audience"),
        ]
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.minutes} · {self.number}"
