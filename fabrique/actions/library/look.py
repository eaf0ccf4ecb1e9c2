"""What somebody may read, narrowed and looked for; how much there is of each, of that alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet
from msgspec import Struct

from fabrique.actions.minutes.reading import audiences
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.store import search
from fabrique.store.models import Edition, Shelved

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
    values = _values(rows)
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


Own = dict[str, tuple[str, ...]]  # by facet, what a text has of it


def _values(rows: QuerySet[Shelved]) -> dict[int, Own]:
    """Give what each text has, the newest first."""
    themes: dict[int, list[str]] = defaultdict(list)
    for pk, slug in rows.filter(themes__isnull=False).values_list("pk", "themes__slug"):
        themes[pk].append(slug)
    fields = ("pk", "kind", "format", "series__slug", "gathering__slug", "on")
    return {
        pk: {
            "kind": (kind,),
            "theme": tuple(themes.get(pk, ())),
            "format": (form,) if form else (),
            "series": (series,) if series else (),
            "gathering": (gathering,) if gathering else (),
            "year": (str(on.year),),
        }
        for pk, kind, form, series, gathering, on in _in_order(rows, fields)
    }


def _in_order(
    rows: QuerySet[Shelved], fields: Iterable[str]
) -> Iterable[tuple[int, str, str, str | None, str | None, date]]:
    found: Iterable[tuple[int, str, str, str | None, str | None, date]]
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
