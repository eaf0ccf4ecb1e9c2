"""What a desk shows of the requests about its text, and the answers that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from fabrique.actions.requests.answer import MEANWHILE, answer
from fabrique.actions.requests.link import token_of
from fabrique.actions.requests.texts import Published
from fabrique.domain.text import Invalid
from fabrique.store.models import Minutes, Person, ReaderRequest

OVER = 20  # answered requests of a page


def one_of(rows: QuerySet[ReaderRequest], key: str) -> ReaderRequest:
    """Find the request that a form is about; raise `Invalid` for none of these."""
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise Invalid(MEANWHILE)
    return found


def answered(rows: QuerySet[ReaderRequest], given: Mapping[str, str], me: Person) -> None:
    """Take an answer from a form; raise `Invalid`."""
    row = one_of(rows, given.get("request", ""))
    answer(row, given.get("do", ""), given.get("words", ""), me, timezone.now())


def link_to(text: Published) -> str:
    """Give the address to send to whoever is quoted and has no account."""
    name = "article-ask-link" if isinstance(text, Minutes) else "resource-ask-link"
    return settings.PUBLIC_URL + reverse(name, args=[token_of(text)])


def of_resources() -> QuerySet[ReaderRequest]:
    """Give what readers asked of texts that no session made."""
    rows = ReaderRequest.objects.filter(resource__isnull=False)
    return rows.select_related("resource", "person", "answered_by")


def of_team() -> dict[str, Any]:
    """Give what waits of it for the team, then what was answered."""
    rows = of_resources()
    return {
        "asked": rows.filter(state="open"),
        "over": rows.exclude(state="open").order_by("-answered_at")[:OVER],
    }
