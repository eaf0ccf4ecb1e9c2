"""What somebody may read, narrowed and looked for; how much there is of each, of that alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from msgspec import Struct

from fabrique.actions.minutes.reading import audiences
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.store import search
from fabrique.store.models import Edition, Gathering, Series, Shelved

PAGE = 20
FACETS = ("kind", "theme", "format", "series", "gathering", "year")
ABOUT = ("edition__minutes__gathering", "resource__gathering", "gathering", "series")


class Asked(Struct, frozen=True):
    """What a reader looks for; "" is anything."""

    words: str = ""
    kind: str = ""
    theme: str = ""  # slugs
    format: str = ""
    series: str = ""
    gathering: str = ""
    year: str = ""
    page: int = 1

    @property
    def narrowed(self) -> dict[str, str]:
        """Give what it is narrowed to, by facet."""
        return {name: value for name in FACETS if (value := getattr(self, name))}


class Found(Struct, frozen=True):
    """A text, and where the words looked for stand in it."""

    shelved: Shelved
    snippet: search.Snippet = ()

    @property
    def edition(self) -> Edition | None:
        """Give the edition that it is, if it is minutes."""
        return self.shelved.edition


class Seen(Struct, frozen=True):
    """A page of what was found, how much there is, and how much of each kind, theme and so on."""

    found: tuple[Found, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]


def shelf(viewer: Viewer) -> QuerySet[Shelved]:
    """Give what reaches somebody."""
    return Shelved.objects.filter(audience__in=audiences(viewer))


def look(viewer: Viewer, asked: Asked) -> Seen:
    """Find what somebody may read. Each facet is counted among what the others let through."""
    words = search.words_of(asked.words)
    if asked.words.strip() and not words:
        return Seen((), 0, 1, 1, {})
    rows = shelf(viewer)
    if words:
        rows = rows.filter(pk__in=search.matching(words))
    values = _values(viewer, rows)
    kept = [pk for pk, own in values.items() if not _missed(own, asked)]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(1, asked.page), pages)
    since = PAGE * (page - 1)
    until = since + PAGE
    shown = search.ranked(words, kept, since, PAGE) if words else kept[since:until]
    return Seen(tuple(_found(viewer, shown, words)), len(kept), page, pages, _counts(values, asked))


def latest(viewer: Viewer, most: int) -> list[Found]:
    """Give what came on the shelf last, however old it is itself."""
    shown = list(shelf(viewer).order_by("-id").values_list("pk", flat=True)[:most])
    return list(_found(viewer, shown, []))


Row = tuple[int, str, str, int | None, UUID | None, date]
Own = dict[str, tuple[str, ...]]  # by facet, what a text has of it


def _values(viewer: Viewer, rows: QuerySet[Shelved]) -> dict[int, Own]:
    """Give what each text has, the newest first; of series and gatherings, those that are seen."""
    themes: dict[int, list[str]] = defaultdict(list)
    for pk, slug in rows.filter(themes__isnull=False).values_list("pk", "themes__slug"):
        themes[pk].append(slug)
    fields = ("pk", "kind", "format", "series", "gathering", "on")
    found = list(_in_order(rows, fields))
    series = Series.objects.prefetch_related("gatherings")
    of_series = _seen(viewer, "series:see", series, {row[3] for row in found})
    gatherings = Gathering.objects.all()
    of_gathering = _seen(viewer, "gathering:see", gatherings, {row[4] for row in found})
    return {
        pk: {
            "kind": (kind,),
            "theme": tuple(themes.get(pk, ())),
            "format": (form,) if form else (),
            "series": of_series.get(serie, ()),
            "gathering": of_gathering.get(gathering, ()),
            "year": (str(on.year),),
        }
        for pk, kind, form, serie, gathering, on in found
    }


def _seen(
    viewer: Viewer, act: str, rows: QuerySet[Any], keys: set[Any]
) -> dict[Any, tuple[str, ...]]:
    """Give the slugs of those that somebody may see: others narrow and count nothing."""
    found = rows.filter(pk__in=keys - {None})
    return {one.pk: (one.slug,) for one in found if allowed(viewer, act, one)}


def _in_order(rows: QuerySet[Shelved], fields: Iterable[str]) -> Iterable[Row]:
    found: Iterable[Row]
    found = rows.order_by("-on", "-id").values_list(*fields)
    return found


def _missed(own: Own, asked: Asked) -> list[str]:
    """Name the facets by which a text is left out."""
    return [name for name, value in asked.narrowed.items() if value not in own[name]]


def _counts(values: Mapping[int, Own], asked: Asked) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for own in values.values():
        missed = _missed(own, asked)
        if len(missed) > 1:
            continue
        for name in missed or FACETS:
            counts[name].update(own[name])
    return counts


def _found(viewer: Viewer, shown: list[int], words: list[str]) -> Iterable[Found]:
    rows = Shelved.objects.select_related(*ABOUT).prefetch_related("themes").in_bulk(shown)
    pieces = search.snippets(words, shown) if words and shown else {}
    for pk in shown:
        # What the query lets through too widely stops here.
        if allowed(viewer, *_read(rows[pk])):
            yield Found(rows[pk], pieces.get(pk, ()))


def _read(row: Shelved) -> tuple[str, object]:
    return ("edition:read", row.edition) if row.edition else ("resource:read", row.resource)
