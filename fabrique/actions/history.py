"""A line beside each change of what the association owns, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from msgspec import Struct

from fabrique.domain.happened import happened
from fabrique.domain.text import Text
from fabrique.store.models import Happening, Person


def note(verb: str, about: models.Model, by: Person | None = None, **data: Any) -> Happening:
    """Write what was done to `about`, by whom; `data` is what JSON holds, and no secret."""
    return Happening.objects.create(verb=verb, about=name_of(about), by=by, data=data)


def name_of(about: models.Model) -> str:
    """Name a row as the lines about it do."""
    return f"{about._meta.model_name}:{about.pk}"  # noqa: SLF001 - Django's API


def past_of(about: models.Model) -> Iterable[Happening]:
    """Give what was done to a row, first to last."""
    return Happening.objects.filter(about=name_of(about)).select_related("by").order_by("id")


class Line(Struct, frozen=True):
    """A line of history as people read it."""

    at: datetime
    what: Text
    by: str
    reason: str


def told(about: models.Model, zone: ZoneInfo) -> list[Line]:
    """Tell what was done to a row, first to last, by the clocks of a place."""
    return [
        Line(
            at=row.at.astimezone(zone),
            what=happened(row.verb),
            by=row.by.named if row.by else "",
            reason=str(row.data.get("reason", "")),
        )
        for row in past_of(about)
    ]
