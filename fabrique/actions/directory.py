"""The directory: what each chose to show to the tier of whoever looks, searched and filtered."""

from __future__ import annotations

from django.db.models import Count, Min, QuerySet, Value
from django.db.models.functions import StrIndex
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
    rows = _filtered(Card.objects.filter(tier=tier.value), wanted).order_by("order", "person_id")
    # A search reads every word of everybody: once, for the count and the page.
    numbers = list(rows.values_list("pk", flat=True)) if wanted.words else None
    count = rows.count() if numbers is None else len(numbers)
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    shown = slice((page - 1) * PAGE, page * PAGE)
    if numbers is not None:
        rows = Card.objects.filter(pk__in=numbers[shown]).order_by("order", "person_id")
        return Found(tuple(rows.select_related("structure")), count, page, pages)
    return Found(tuple(rows.select_related("structure")[shown]), count, page, pages)


def _filtered(rows: QuerySet[Card], wanted: Wanted) -> QuerySet[Card]:
    for word in plain(wanted.words).split()[:WORDS]:
        rows = rows.alias(at=StrIndex("words", Value(word))).filter(at__gt=0)
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
    key = f"{field}_key"
    rows = Card.objects.filter(tier=tier.value).exclude(**{key: ""}).values(key)
    found = rows.annotate(n=Count("*"), said=Min(field)).order_by("-n", key)[:OFFERED]
    return [row["said"] for row in sorted(found, key=lambda row: row[key])]


def seen_of(person: Person, tier: Tier) -> frozenset[str]:
    """Give the fields of a person that a tier may see, those that hold something."""
    if not person.is_active:
        return frozenset()
    return frozenset(n for n in shown_to(person.shown, tier) if getattr(person, n))
