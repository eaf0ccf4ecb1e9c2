"""What the team looks for among people, memberships and structures: whole rows, page by page."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Count, F, Model, Q, QuerySet
from msgspec import Struct

from fabrique.store.models import Membership, Person, Structure

Row = TypeVar("Row", bound=Model)
PAGE = 50  # rows
WORDS = 6  # of a search that count


class Listed(Struct, frozen=True):
    """A page of rows, and how many there are in all."""

    rows: tuple[Model, ...]
    count: int
    page: int
    pages: int


def people(words: str, page: int) -> Listed:
    """Look for people by their name, their address, their structure."""
    fields = ("name", "email", "structure__name")
    rows = _holding(Person.objects.select_related("structure"), words, fields)
    return _page(rows.order_by(F("name").asc(), "email"), page)


def memberships(words: str, which: str, today: date, page: int) -> Listed:
    """Look for memberships: all, those of today, unpaid ones, those that are over."""
    rows = Membership.objects.select_related("person", "structure")
    running = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    kinds = {
        "now": running,
        "unpaid": running & Q(paid=False),
        "over": Q(ends_on__lt=today),
    }
    rows = rows.filter(kinds[which]) if which in kinds else rows
    rows = _holding(rows, words, ("person__name", "person__email", "structure__name"))
    return _page(rows.order_by("-starts_on", "-id"), page)


def structures(words: str, page: int) -> Listed:
    """Look for structures by name or territory."""
    rows = _holding(Structure.objects.all(), words, ("name", "territory", "kind"))
    counted = rows.annotate(n_people=Count("people", distinct=True))
    return _page(counted.select_related("representative").order_by("name"), page)


def _holding(rows: QuerySet[Row], words: str, fields: tuple[str, ...]) -> QuerySet[Row]:
    """Keep the rows that hold every word, in any of the fields."""
    for word in words.split()[:WORDS]:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(either)
    return rows


def _page(rows: QuerySet[Row], page: int) -> Listed:
    count = rows.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    return Listed(tuple(rows[(page - 1) * PAGE : page * PAGE]), count, page, pages)
