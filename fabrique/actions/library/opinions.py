"""What those who use a tool say of it: stars, one each; words, moderated after they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.schema import Source, read
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Comment, CommentReport, Person, Rating, Resource

SCALE = range(1, 6)
FEWEST = 3  # ratings under which no average is said
LONGEST, LONGEST_WHY = 4000, 500
AT_ONCE = 10  # comments of one person on one tool in an hour


class Stars(Struct, frozen=True):
    """How many gave each number of stars; an average only where it says something."""

    counts: tuple[tuple[int, int], ...]
    total: int
    average: float | None


def stars(resource: Resource) -> Stars:
    """Count what was given."""
    given = list(Rating.objects.filter(resource=resource).values_list("stars", flat=True))
    counts = tuple((n, given.count(n)) for n in reversed(SCALE))
    average = sum(given) / len(given) if len(given) >= FEWEST else None
    return Stars(counts, len(given), average)


def own(resource: Resource, person: Person | None) -> int:
    """Give the stars that somebody gave; 0 for none."""
    found = Rating.objects.filter(resource=resource, person=person).first() if person else None
    return found.stars if found else 0


def rate(resource: Resource, given: int, by: Person, now: datetime) -> None:
    """Give stars, in place of those given before; 0 takes them back. Raises `Invalid`."""
    if given and given not in SCALE:
        raise Invalid(Text("Choose from one to five stars."), "stars")
    with transaction.atomic():
        if not given:
            Rating.objects.filter(resource=resource, person=by).delete()
            note("tool.unrated", resource, by)
            return
        fresh = {"stars": given, "at": now}
        Rating.objects.update_or_create(resource=resource, person=by, defaults=fresh)
        note("tool.rated", resource, by)


def heard(resource: Resource, viewer: Viewer) -> Sequence[Comment]:
    """Give the comments that whoever looks may read."""
    rows = Comment.objects.filter(resource=resource).select_related("person", "resource")
    return [one for one in rows if allowed(viewer, "comment:read", one)]


def comment(resource: Resource, words: str, by: Person, now: datetime) -> Comment:
    """Say something of a tool; raise `Invalid`."""
    said = words.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid(Text("Write how it went: nothing was kept."), "body")
    if len(said) > LONGEST:
        most = {"most": LONGEST}
        raise Invalid(Text("At most {most} characters fit here: shorten it.", most), "body")
    read(said, Source, "body")
    lately = Comment.objects.filter(resource=resource, person=by, at__gt=now - timedelta(hours=1))
    if lately.count() >= AT_ONCE:
        raise Invalid(Text("That is a lot in an hour: come back later, nothing was kept."), "body")
    with transaction.atomic():
        made = Comment.objects.create(resource=resource, person=by, body=said, at=now)
        note("comment.written", made, by)
    return made


def drop(row: Comment, by: Person) -> None:
    """Delete what one said, for good."""
    with transaction.atomic():
        note("comment.dropped", row, by)
        row.delete()


def report(row: Comment, why: str, by: Person, now: datetime) -> None:
    """Ask the team to look at a comment."""
    said = {"why": " ".join(why.split())[:LONGEST_WHY], "at": now}
    with transaction.atomic():
        CommentReport.objects.update_or_create(comment=row, person=by, defaults=said)
        note("comment.reported", row, by)


def hide(row: Comment, reason: str, by: Person, now: datetime) -> None:
    """Let its author and the team alone read it, and say why; raise `Invalid`."""
    said = " ".join(reason.split())[:LONGEST_WHY]
    if not said:
        raise Invalid(Text("Say why in a word: its author reads it."), "reason")
    with transaction.atomic():
        Comment.objects.filter(pk=row.pk).update(hidden_at=now, reason=said)
        row.reports.all().delete()
        note("comment.hidden", row, by, reason=said)


def show(row: Comment, by: Person) -> None:
    """Let it be read again; or find nothing wrong with it, and forget who reported it."""
    with transaction.atomic():
        Comment.objects.filter(pk=row.pk).update(hidden_at=None, reason="")
        row.reports.all().delete()
        note("comment.shown", row, by)


def reported() -> Sequence[Comment]:
    """Give the comments that the team is asked to look at, and those it has hidden."""
    rows = Comment.objects.filter(reports__isnull=False) | Comment.objects.exclude(hidden_at=None)
    return list(rows.distinct().select_related("person", "resource").prefetch_related("reports"))
