"""Who does the work of the house at the moment: one worker an instance, whoever starts more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Shift(models.Model):
    """A duty that one process holds until `until`, and holds on to by saying so in time."""

    duty = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return f"{self.duty}: {self.holder}"
