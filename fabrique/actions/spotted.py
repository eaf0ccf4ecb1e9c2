"""Note what others organise, and take it out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from fabrique.actions.edit import Wrong, read_dates, read_words
from fabrique.actions.history import note
from fabrique.domain.text import Text
from fabrique.store.models import Person, Spotted

LIMITS = {"title": 200, "place": 200, "host": 200, "why": 300}


def spot(form: Mapping[str, str], by: Person, now: datetime) -> Spotted:
    """Keep an event of others; raise `Wrong` with a sentence for each field."""
    wrong: dict[str, Text] = {}
    words = {name: read_words(form, name, limit, wrong) for name, limit in LIMITS.items()}
    if not words["title"]:
        wrong.setdefault("title", Text("An event needs a title."))
    url = form.get("url", "").strip()
    try:
        URLValidator(schemes=["https", "http"])(url)
    except ValidationError:
        wrong["url"] = Text("Write the address of its page, as https://www.example.org/page.")
    starts_at, ends_at = read_dates(form, settings.TIME_ZONE, wrong)
    if starts_at is None:
        wrong.setdefault("day", Text("Write the day as 2026-11-24."))
    if wrong or starts_at is None:
        raise Wrong(wrong)
    times = {"starts_at": starts_at, "ends_at": ends_at, "all_day": "all_day" in form}
    with transaction.atomic():
        row = Spotted.objects.create(**words, url=url, **times, created_at=now)
        note("spotted.noted", row, by, title=row.title)
    return row


def forget(number: int, by: Person) -> None:
    """Take one out."""
    with transaction.atomic():
        row = Spotted.objects.filter(pk=number).first()
        if row is not None:
            note("spotted.forgotten", row, by, title=row.title)
            row.delete()
