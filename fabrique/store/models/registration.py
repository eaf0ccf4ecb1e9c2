"""Seats: pools of them, and who is registered. Only `actions/seats.py` takes or frees one."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fabrique.domain.seat import ACTIVE, Seat
from fabrique.domain.tier import Tier
from fabrique.store.retention import Retention

POOLS = ("site", "remote", "antenna", "workshop")
BESIDE = "workshop"  # a seat held beside the one in the gathering itself
# The constraints were made with one more state, which nothing ever wrote: they go on naming it.
_ACTIVE = sorted({*ACTIVE, Seat.INVITED})


def _export_pool(row: Pool) -> dict[str, Any]:
    return {"gathering": row.gathering.title, "title": row.title, "place": row.place}


def _erase_host(row: Pool) -> None:
    row.host = None
    row.save(update_fields=["host"])


class Pool(models.Model):
    """So many seats of one kind. `version` is written first by whoever counts them."""

    gathering = models.ForeignKey("store.Gathering", on_delete=models.CASCADE, related_name="pools")
    kind = models.CharField(max_length=20, default="remote")
    title = models.CharField(max_length=200)
    size = models.PositiveIntegerField(null=True, blank=True)  # None: as many as come
    version = models.PositiveBigIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True)  # where an antenna meets
    host = models.ForeignKey(
        "store.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="hosts"
    )

    retention: ClassVar[Retention] = Retention(export=_export_pool, erase=_erase_host)

    class Meta:
        """A pool is named once in its gathering."""

        constraints = [
            models.UniqueConstraint(fields=["gathering", "title"], name="pool_once"),
            models.CheckConstraint(condition=Q(kind__in=POOLS), name="pool_kind"),
        ]

    def __str__(self) -> str:
        return self.title


def _export(row: Registration) -> dict[str, Any]:
    return {
        "gathering": row.gathering.title,
        "email": row.email,
        "name": row.name,
        "state": row.state,
        "answers": row.answers,
        "named": row.named,
        "queued_at": row.queued_at.isoformat(),
    }


def _erase(row: Registration) -> None:
    # The seat stays counted: what was held is a figure, who held it is gone.
    row.person, row.name, row.answers, row.named = None, "", {}, False
    row.email = f"{row.id}@erased.invalid"
    row.save(update_fields=["person", "name", "answers", "named", "email"])
    row.choices.all().delete()


class Registration(models.Model):
    """A seat asked for by somebody, with or without an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(
        "store.Gathering", on_delete=models.CASCADE, related_name="registrations"
    )
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        "store.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    email = models.EmailField()
    name = models.CharField(max_length=200)
    tier = models.CharField(max_length=20, default=Tier.GUEST.value)  # on the gathering's day
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=20)
    main = models.BooleanField(default=True)  # in the gathering itself, not beside it
    answers = models.JSONField(default=dict)
    queued_at = models.DateTimeField(default=timezone.now)  # when they entered the queue
    rank = models.BigIntegerField(default=0)  # in the queue: the least is the first
    offered_until = models.DateTimeField(null=True, blank=True)
    fee = models.PositiveIntegerField(default=0)  # in cents, on the day of registering
    named = models.BooleanField(default=False)  # among those who were there, in what is published
    paid = models.BooleanField(default=False)  # as somebody of the group marked it

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """The same person holds one place of a pool, and one in the gathering itself."""

        constraints = [
            models.UniqueConstraint(
                fields=["pool", "email"],
                condition=Q(state__in=_ACTIVE),
                name="registration_once",
            ),
            models.UniqueConstraint(
                fields=["gathering", "email"],
                condition=Q(state__in=_ACTIVE, main=True),
                name="registration_main",
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(Seat)), name="registration_state"),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False) | ~Q(state="offered"),
                name="registration_offer",
            ),
        ]
        indexes = [
            models.Index(fields=["pool", "state", "rank"], name="registration_queue"),
            models.Index(fields=["gathering", "email"], name="registration_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.state}"
