"""What is followed once an edition told of it, and what is said of documentation that is owed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fabrique.domain.edition import BINDING
from fabrique.store.retention import Retention


def _export(row: Commitment) -> dict[str, Any]:
    return {"minutes": row.minutes.title, "text": row.text, "due": str(row.due or "")}


def _erase(row: Commitment) -> None:
    row.owner, row.owner_name = None, ""
    row.save(update_fields=["owner", "owner_name"])


def _find(person: Any) -> Q:
    return Q(owner=person.pk)  # who said that it is done is forgotten by the key itself


class Commitment(models.Model):
    """A decision or an action as the last edition tells it, and what became of it since.

    Its id is that of its sentence. Without an edition, the text no longer says it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    minutes = models.ForeignKey(
        "store.Minutes", on_delete=models.CASCADE, related_name="commitments"
    )
    edition = models.ForeignKey(
        "store.Edition", null=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    rank = models.FloatField()  # in the text
    kind = models.CharField(max_length=20)
    text = models.TextField()
    owner = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="entrusted"
    )
    owner_name = models.CharField(max_length=200, blank=True)  # of whoever has no account
    due = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "store.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_word = models.CharField(max_length=500, blank=True)

    retention: ClassVar[Retention] = Retention(_export, _erase, _find)

    class Meta:
        """Only what binds somebody; nobody said that what is not done is."""

        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(BINDING)), name="commitment_kind"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(done_by=None, done_word=""),
                name="commitment_done",
            ),
        ]
        indexes = [models.Index(fields=["done_at", "due"], name="commitment_due")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def owned(self) -> str:
        """Name who does it."""
        return self.owner.named if self.owner else self.owner_name


def _export_debt(row: Documentation) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "excuse": row.excuse}


def _erase_debt(row: Documentation) -> None:
    row.by = None
    row.save(update_fields=["by"])


class Documentation(models.Model):
    """What people said of the documentation that a gathering owes: another day, or why none."""

    gathering = models.OneToOneField(
        "store.Gathering", on_delete=models.CASCADE, related_name="documentation"
    )
    due = models.DateField(null=True)  # chosen by hand: it goes before that of the format
    excuse = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("store.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(_export_debt, _erase_debt)

    def __str__(self) -> str:
        return self.excuse or str(self.due or "")


class SectionLock(models.Model):
    """Who is at a part of a text, since when, and when they last gave a sign."""

    minutes = models.ForeignKey("store.Minutes", on_delete=models.CASCADE, related_name="locks")
    section = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(
        "store.Person", on_delete=models.CASCADE, related_name="section_locks"
    )
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(
        export=lambda row: {"minutes": row.minutes.title, "section": row.section},
        erase=lambda row: row.delete(),
    )

    class Meta:
        """One person at a part."""

        constraints = [
            models.UniqueConstraint(fields=["minutes", "section"], name="section_lock_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.section}"


class RemindMe(models.Model):
    """Somebody who wants to be reminded by mail of what they are entrusted with."""

    person = models.OneToOneField(
        "store.Person", primary_key=True, on_delete=models.CASCADE, related_name="remind_me"
    )
    since = models.DateTimeField()

    retention: ClassVar[Retention] = Retention(
        export=lambda row: {"since": row.since.isoformat()}, erase=lambda row: row.delete()
    )

    def __str__(self) -> str:
        return str(self.person)
