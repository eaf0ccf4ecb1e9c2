"""Addresses that people left, and that a reminder was sent.

Nothing here leads to a participant, a seat, an answer or a moment: no such column exists, and the
id is drawn by chance, so that neither the order of the rows nor that of their bytes is the order
of arrival (`fabrique/actions/addresses.py` lays the table out anew each time).
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models

from fabrique.store.retention import NOTHING_PERSONAL, Retention


def chance() -> int:
    """Draw an id that says nothing of when it was drawn."""
    return secrets.randbits(62)


def _export(address: Address) -> dict[str, Any]:
    return {"email": address.email, "remind": address.remind, "contact": address.contact}


def _erase(address: Address) -> None:
    address.delete()


class Address(models.Model):
    """An address that somebody left in a session, and what for; never who or when."""

    id = models.BigAutoField(primary_key=True, default=chance)
    session = models.BigIntegerField()
    email = models.EmailField()
    remind = models.BooleanField(default=False)  # to be told once before it closes
    contact = models.BooleanField(default=False)  # for what the facilitator says

    retention: ClassVar[Retention] = Retention(export=_export, erase=_erase)

    class Meta:
        """One row an address and session."""

        constraints = [models.UniqueConstraint(fields=["session", "email"], name="address_once")]

    def __str__(self) -> str:
        return self.email


class Reminder(models.Model):
    """That those who asked for it were told of a date: once, whoever presses the button."""

    session = models.BigIntegerField()
    until = models.BigIntegerField()  # µs since 1970, UTC

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """One a date."""

        constraints = [models.UniqueConstraint(fields=["session", "until"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.session}.{self.until}"
