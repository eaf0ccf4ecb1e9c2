"""Gatherings that belong together: a monthly series, or a project of several."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fabrique.store.retention import NOTHING_PERSONAL, Retention


class Series(models.Model):
    """A café every month, or Fabrique #1, #2, #3 towards one thing."""

    MONTHLY, PROJECT = "monthly", "project"

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=[(MONTHLY, MONTHLY), (PROJECT, PROJECT)])
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)

    retention: ClassVar[Retention] = NOTHING_PERSONAL

    def __str__(self) -> str:
        return self.title
