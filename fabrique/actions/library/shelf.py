"""Texts go on the shelf, from where they are found; in the transaction that publishes them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

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
        series=gathering.series if gathering else None,
    )
    row.themes.set(minutes.themes.all())
    search.put(row.pk, article.title, plain(article))
    return row


def take_minutes(minutes: Minutes) -> None:
    """Have no edition of these minutes found any more."""
    _take(list(Shelved.objects.filter(edition__minutes=minutes)))


def put(resource: Resource) -> None:
    """Have a resource found as it now is; not at all unless it is published."""
    if resource.state != State.PUBLISHED or resource.published_on is None:
        take(resource)
        return
    fresh = {
        "kind": resource.kind,
        "audience": Tier(resource.audience).value,
        "on": resource.published_on,
        "format": resource.format,
        "gathering": resource.gathering,
        "series": resource.series,
    }
    row, _made = Shelved.objects.update_or_create(resource=resource, defaults=fresh)
    row.themes.set(resource.themes.all())
    search.put(row.pk, resource.title, words_of(resource))


def take(resource: Resource) -> None:
    """Have a resource found no more; before its row goes, if it goes."""
    _take(list(Shelved.objects.filter(resource=resource)))


def words_of(resource: Resource) -> str:
    """Give its words, as they are looked for; who wrote it with an account is not among them."""
    names = resource.authors.exclude(name="").values_list("name", flat=True)
    themes = resource.themes.values_list("title", flat=True)
    files = resource.files.filter(public=True).values_list("title", flat=True)
    words = [resource.title, resource.summary, resource.body, *themes, *names, *files]
    return "\n".join(filter(None, words))


def _take(rows: list[Shelved]) -> None:
    for row in rows:
        search.remove(row.pk)
        row.delete()
