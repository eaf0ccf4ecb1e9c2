"""A text of the library as a line of a list shows it, and the ways to narrow that list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.urls import reverse
from msgspec import Struct

from fabrique.actions.library.look import Found, Seen
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.occasions import occasion
from fabrique.domain.resource import FORMS, KINDS, Kind
from fabrique.domain.text import Text, Words
from fabrique.store.models import Edition, Gathering, Resource, Series, Theme
from fabrique.store.models.shelved import MINUTES

MOST = 30  # choices in a list
SESSION = Text("minutes of a session")
LABELS: Mapping[str, Text] = {
    "theme": Text("Theme"),
    "format": Text("Form"),
    "series": Text("Series"),
    "gathering": Text("Gathering"),
    "year": Text("Year"),
}


class Line(Struct, frozen=True):
    """What a list says of a text."""

    address: str
    title: str
    about: str
    kind: Words
    on: date
    themes: tuple[str, ...]
    snippet: tuple[tuple[str, bool], ...]


class Choice(Struct, frozen=True):
    """One thing to narrow a list to, and how many texts that leaves."""

    value: str
    name: Words
    count: int
    chosen: bool


def kind_name(kind: str) -> Text:
    """Name what a text is."""
    return SESSION if kind == MINUTES else KINDS[Kind(kind)]


def form_name(form: str) -> Words:
    """Name the form of a text: that of a gathering, or of a file."""
    return FORMS.get(form) or occasion(form)


def line(one: Found) -> Line:
    """Say what a list says of it."""
    row = one.shelved
    address, title, about = _of(row.edition or row.resource)
    themes = tuple(theme.title for theme in row.themes.all())
    return Line(address, title, about, kind_name(row.kind), row.on, themes, one.snippet)


def _of(text: Edition | Resource | None) -> tuple[str, str, str]:
    if isinstance(text, Edition):
        content = text.content
        return reverse("article", args=[text.minutes.slug]), content["title"], content["question"]
    assert text is not None  # noqa: S101 - a row of the shelf has the one or the other
    return reverse("resource", args=[text.slug]), text.title, text.summary


def choices(viewer: Viewer, seen: Seen, chosen: Mapping[str, str]) -> dict[str, list[Choice]]:
    """Give what each facet offers, the most first."""
    names = {
        "kind": lambda some: {one: kind_name(one) for one in some},
        "theme": _themes,
        "format": lambda some: {one: form_name(one) for one in some},
        "series": _series,
        "gathering": lambda some: _gatherings(viewer, some),
        "year": lambda some: {one: one for one in some},
    }
    return {
        facet: _choices(facet, counts, chosen.get(facet, ""), names[facet])
        for facet, counts in seen.counts.items()
    }


Names = Callable[[list[str]], Mapping[str, Words]]


def _choices(facet: str, counts: Mapping[str, int], value: str, names: Names) -> list[Choice]:
    by_year = facet == "year"
    order = sorted(counts, key=lambda one: (-int(one) if by_year else -counts[one], one))[:MOST]
    if value in counts and value not in order:
        order.append(value)
    named = names(order)
    return [Choice(one, named[one], counts[one], one == value) for one in order if one in named]


def _themes(slugs: Iterable[str]) -> Mapping[str, Words]:
    return dict(Theme.objects.filter(slug__in=slugs).values_list("slug", "title"))


def _series(slugs: Iterable[str]) -> Mapping[str, Words]:
    return dict(Series.objects.filter(slug__in=slugs).values_list("slug", "title"))


def _gatherings(viewer: Viewer, slugs: Iterable[str]) -> Mapping[str, Words]:
    rows = Gathering.objects.filter(slug__in=slugs)
    return {one.slug: one.title for one in rows if allowed(viewer, "gathering:see", one)}
