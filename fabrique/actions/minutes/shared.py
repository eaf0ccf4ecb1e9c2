"""What was published, as other programs follow it: a feed of news, a podcast, each its reader's."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from fabrique.actions import feeds
from fabrique.actions.minutes.publish import names_of, read
from fabrique.actions.minutes.reading import edition_of, last_editions
from fabrique.actions.minutes.recording import SOUND, folder_of
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.article_news import ArticleNews, Sound
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Edition, Recording

MOST = 60  # texts of a feed


def news_of(edition: Edition, sound: Sound | None = None) -> ArticleNews:
    """Give what may be said of an edition to whoever may know that it is there."""
    found, audience = read(edition), Tier(edition.audience)
    return ArticleNews(
        uid=str(edition.minutes.pk),
        number=edition.number,
        title=found.title,
        question=found.question,
        address=settings.PUBLIC_URL + reverse("article", args=[edition.minutes.slug]),
        now=edition.at,
        house=settings.HOUSE_NAME,
        note=edition.note,
        by=names_of(edition).get(found.validated_by, ""),
        audience=None if audience is Tier.GUEST else NAMES[audience],
        sound=sound,
        held_at=found.starts_at,
    )


def articles(viewer: Viewer) -> list[Edition]:
    """Give the newest that whoever looks may read."""
    rows = last_editions(viewer)[:MOST]
    return [one for one in rows if allowed(viewer, "edition:read", one)]


def episodes(viewer: Viewer, secret: str = "") -> list[ArticleNews]:
    """Give the recordings that whoever looks may hear; `secret` is what their player knows."""
    heard = [one for one in articles(viewer) if one.content.get("sound")]
    keys = [one.minutes_id for one in heard]
    rows = {row.minutes_id: row for row in Recording.objects.filter(minutes__in=keys)}
    found = [(one, _sound(one, rows.get(one.minutes_id), secret)) for one in heard]
    return [news_of(one, sound) for one, sound in found if sound]


def _sound(edition: Edition, row: Recording | None, secret: str) -> Sound | None:
    if row is None or row.state != "ready":
        return None
    path = folder_of(row.pk) / SOUND
    if not path.is_file():
        return None
    return Sound(_address(edition.minutes.slug, secret), path.stat().st_size, row.duration)


def _address(slug: str, secret: str) -> str:
    own = f"/feeds/{secret}/{slug}/sound.mp3" if secret else f"/library/{slug}/sound.mp3"
    return f"{settings.PUBLIC_URL}{own}"


def heard(slug: str, viewer: Viewer) -> Recording | None:
    """Give the recording that goes with a text, to whoever may hear it."""
    edition = edition_of(slug, viewer)
    if edition is None or not edition.content.get("sound"):
        return None
    return Recording.objects.filter(minutes=edition.minutes, state="ready").first()


def heard_by(secret: str, slug: str) -> Recording | None:
    """Give it to the player of whoever a secret is of, as long as they may hear it."""
    person = feeds.owner(secret)
    return heard(slug, Viewer(person, timezone.localdate())) if person else None
