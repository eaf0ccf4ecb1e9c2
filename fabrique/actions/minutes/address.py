"""The address of a text whose title lost words: another one, and nothing where it was.

An old address that still led to the text would say to whoever tries it that the words stood there.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import slugify

from fabrique.actions.minutes.begin import slug_of
from fabrique.domain.redaction import Redaction
from fabrique.store.models import Minutes, MinutesSource


def move(minutes: Minutes, redaction: Redaction) -> str:
    """Give the text another address where its own says what goes; give the one that goes, or ""."""
    before = minutes.slug
    title = redaction.mask(minutes.title)
    if title == minutes.title and not _says(before, redaction):
        return ""
    after = slug_of(title, minutes.session)
    if _says(after, redaction):
        after = slug_of("", minutes.session)
    if after == before:
        return ""
    minutes.slug = after
    minutes.save(update_fields=["slug"])
    for row in MinutesSource.objects.filter(target__contains=f"/{before}/"):  # of any text
        row.target = row.target.replace(f"/{before}/", f"/{after}/")
        row.save(update_fields=["target"])
    return before


def _says(slug: str, redaction: Redaction) -> bool:
    """Whether an address says words as it would write them; cut short at its end, too."""
    said = [slugify(one) for one in (*redaction.words, *redaction.sentences)]
    return any(
        one and re.search(rf"(?<![a-z0-9]){re.escape(one)}(?![a-z0-9])", slug) for one in said
    )


def readdressed(value: Any, before: str, after: str) -> Any:
    """Write the new address in place of the old in everything that JSON holds."""
    if isinstance(value, str):
        return value.replace(before, after) if before else value
    if isinstance(value, dict):
        return {key: readdressed(one, before, after) for key, one in value.items()}
    if isinstance(value, list):
        return [readdressed(one, before, after) for one in value]
    return value
