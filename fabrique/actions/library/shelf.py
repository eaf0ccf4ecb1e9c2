"""Texts go on the shelf, from where they are found; in the transaction that publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from fabrique.domain.article import Article, plain
from fabrique.domain.resource import State
from fabrique.domain.tier import Tier
from fabrique.store import search
from fabrique.store.models import Edition, Minutes, Resource, Shelved
from fabrique.store.models.shelved import MINUTES


def put_edition(edition: Edition, article: Article) -> Shelved:
    """Have an edition found in place of those before it."""
    minutes = edition.minutes
    take_minutes(minutes)
    gathering = minutes.gathering
    row = Shelved.objects.create(
        kind=MINUTES,
        edition=edition,
        audience=edition.audience,
        on=article.starts_at.astimezone(ZoneInfo(article.timezone)).date(),
        format=gathering.format if gathering else "",
        gathering=gathering,
        series=minutes.of_series,
    )
    row.themes.set(minutes.themes.all())
    search.put(row.pk, article.title, plain(article))
    return row


def move_minutes(minutes: Minutes) -> None:
    """Have what is found of these minutes under the themes and the series that they have now."""
    for row in Shelved.objects.filter(edition__minutes=minutes):
        row.series = minutes.of_series
        row.save(update_fields=["series"])
        row.themes.set(minutes.themes.all())


def take_minutes(minutes: Minutes) -> None:
    """Have no edition of these minutes found any more."""
    _take(list(Shelved.objects.filter(edition__minutes=minutes)))


def put(resource: Resource) -> None:
    """Have a resource found as it now is; not at all unless it is published."""
    if resource.state != State.PUBLISHED or resource.published_on is None:
        take(resource)
        return
    row, _made = Shelved.objects.update_or_create(resource=resource, defaults=_fresh(resource))
    row.themes.set(resource.themes.all())
    search.put(row.pk, resource.title, words_of(resource))


def put_new(resources: Sequence[Resource]) -> None:
    """Have many published texts found at once that were not yet: one by one would take minutes."""
    prefetch_related_objects(resources, "authors", "themes", "files")
    rows = Shelved.objects.bulk_create([Shelved(resource=one, **_fresh(one)) for one in resources])
    about = Shelved.themes.through
    about.objects.bulk_create(
        about(shelved_id=row.pk, theme_id=theme.pk)
        for row, one in zip(rows, resources, strict=True)
        for theme in one.themes.all()
    )
    for row, one in zip(rows, resources, strict=True):
        search.put(row.pk, one.title, words_of(one))


def _fresh(resource: Resource) -> dict[str, Any]:
    return {
        "kind": resource.kind,
        "audience": Tier(resource.audience).value,
        "on": resource.published_on,
        "format": resource.format,
        "gathering": resource.gathering,
        "series": resource.of_series,
    }


def take(*resources: Resource) -> None:
    """Have resources found no more; before their rows go, if they go."""
    _take(list(Shelved.objects.filter(resource__in=resources)))


def words_of(resource: Resource) -> str:
    """Give its words, as they are looked for; who wrote it with an account is not among them."""
    names = (one.name for one in resource.authors.all())
    themes = (one.title for one in resource.themes.all())
    files = (one.title for one in resource.files.all() if one.public)
    words = [resource.title, resource.summary, resource.body, *themes, *names, *files]
    return "\n".join(filter(None, words))


def _take(rows: list[Shelved]) -> None:
    for row in rows:
        search.remove(row.pk)
    Shelved.objects.filter(pk__in=[row.pk for row in rows]).delete()
