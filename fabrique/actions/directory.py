"""The directory: what each chose to show to the tier of whoever looks, searched and filtered."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from msgspec import Struct

from fabrique.domain.fold_text import plain
from fabrique.domain.profile import LEVELS, shown_to
from fabrique.domain.tier import Tier
from fabrique.store.models import Card, Person

PAGE = 24  # people
OFFERED = 40  # trades or territories, the most frequent first
WORDS = 6  # of a search that count


class Wanted(Struct, frozen=True):
    """What is looked for; empty: anything."""

    words: str = ""
    trade: str = ""
    territory: str = ""
    level: str = ""
    structure: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return self != Wanted()


class Found(Struct, frozen=True):
    """A page of people, and how many there are in all."""

    cards: tuple[Card, ...]
    count: int
    page: int
    pages: int


def find(tier: Tier, wanted: Wanted, page: int = 1) -> Found:
    """Give a page of those whom a tier may see."""
    rows = _filtered(Card.objects.filter(tier=tier.value), wanted)
    count = rows.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE
    ordered = rows.select_related("structure").order_by("order", "person_id")
    return Found(tuple(ordered[start : start + PAGE]), count, page, pages)


def _filtered(rows: QuerySet[Card], wanted: Wanted) -> QuerySet[Card]:
    for word in plain(wanted.words).split()[:WORDS]:
        rows = rows.filter(words__contains=word)
    if wanted.trade:
        rows = rows.filter(trade_key=plain(wanted.trade))
    if wanted.territory:
        rows = rows.filter(territory_key=plain(wanted.territory))
    if wanted.level in LEVELS:
        rows = rows.filter(level=wanted.level)
    if wanted.structure:
        rows = rows.filter(structure=wanted.structure)
    return rows


def offered(tier: Tier, field: str) -> list[str]:
    """Give the trades or territories that a tier may see, the most frequent, by their letters."""
    rows = Card.objects.filter(tier=tier.value).exclude(**{field: ""}).values(field)
    found = rows.annotate(n=Count("id")).order_by("-n", field)[:OFFERED]
    return sorted((row[field] for row in found), key=plain)


def seen_of(person: Person, tier: Tier) -> frozenset[str]:
    """Give the fields of a person that a tier may see, those that hold something."""
    if not person.is_active:
        return frozenset()
    return frozenset(n for n in shown_to(person.shown, tier) if getattr(person, n))
