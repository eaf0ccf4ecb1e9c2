"""What a text is about and what it belongs to: chosen by who writes it among what they may read."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify
from msgspec import Struct, structs

from fabrique.actions import agenda
from fabrique.actions.history import note
from fabrique.actions.library import shelf
from fabrique.actions.library.look import shelf as readable
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.belonging import Belonging, check_themes, themes_of
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Minutes, Person, Resource, Series, Theme

MOST = 200  # gatherings, series, themes to choose from
OFFERED = Text("Choose one of what is offered.")
NEW_ONES = Text("New themes come from the team: choose among those there are.")
Row = Resource | Minutes


class Offered(Struct, frozen=True):
    """What somebody may choose for a text, and what it has: the most used themes first."""

    themes: tuple[Theme, ...]
    gatherings: tuple[Gathering, ...]  # the latest first
    series: tuple[Series, ...]


def offered(viewer: Viewer, row: Row | None) -> Offered:
    """Give what somebody may choose for a text, for a new one without `row`."""
    gatherings = agenda.seen(viewer, _gatherings(viewer).order_by("-starts_at", "slug")[:MOST])
    own = row.gathering if row is not None else None
    if own is not None and own not in gatherings and allowed(viewer, "gathering:see", own):
        gatherings.append(own)
    series = Series.objects.order_by("title").prefetch_related("gatherings")
    seen = [one for one in series if allowed(viewer, "series:see", one)]
    return Offered(tuple(_themes(viewer, row)[:MOST]), tuple(gatherings), tuple(seen[:MOST]))


def _gatherings(viewer: Viewer) -> QuerySet[Gathering]:
    if viewer.is_staff:
        return Gathering.objects.all()
    near = Q(pk__in=agenda.visible(viewer).order_by().values("pk"))
    if viewer.person is not None:
        near |= Q(pk__in=viewer.organises) | Q(proposer=viewer.person)
    return Gathering.objects.filter(near)


def _themes(viewer: Viewer, row: Row | None) -> QuerySet[Theme]:
    """Give the themes of what somebody may read, those of the text, and to the team all others."""
    own = Q(pk__in=row.themes.values("pk")) if row is not None and row.pk else Q(pk__in=[])
    rows = readable(viewer)
    used = Count("shelved", filter=Q(shelved__in=rows), distinct=True)
    found = Theme.objects.annotate(used=used).order_by("-used", "title")
    return found if allowed(viewer, "theme:new") else found.filter(Q(used__gt=0) | own)


def of_row(row: Row) -> Belonging:
    """Give what a text is about and belongs to."""
    return Belonging(
        chosen=tuple(row.themes.values_list("slug", flat=True)),
        gathering=str(row.gathering_id or ""),
        series=str(row.series_id or ""),
    )


def settle(wanted: Belonging, viewer: Viewer, row: Row | None) -> Belonging:
    """Give what a text may belong to of what is wanted; what somebody may not see stays as it is.

    Raises `Invalid` for what they were not offered.
    """
    check_themes(wanted)
    if themes_of(wanted) and not allowed(viewer, "theme:new"):
        raise Invalid(NEW_ONES, "themes")
    known = set(_themes(viewer, row).values_list("slug", flat=True))
    if not known.issuperset(wanted.chosen):
        raise Invalid(OFFERED, "themes")
    gathering, series = (row.gathering, row.series) if row is not None else (None, None)
    return structs.replace(
        wanted,
        gathering=_kept(wanted.gathering, gathering, viewer, "gathering:see"),
        series=_kept(wanted.series, series, viewer, "series:see"),
    )


def _kept(wanted: str, own: Gathering | Series | None, viewer: Viewer, act: str) -> str:
    if not wanted:
        hidden = own is not None and not allowed(viewer, act, own)
        return str(own.pk) if own is not None and hidden else ""
    found = _gathering(wanted) if act == "gathering:see" else _series(wanted)
    if found is None or not allowed(viewer, act, found):
        raise Invalid(OFFERED, act.partition(":")[0])
    return wanted


def _gathering(pk: str) -> Gathering | None:
    try:
        return Gathering.objects.filter(pk=UUID(pk)).first()
    except ValueError:
        return None


def _series(pk: str) -> Series | None:
    return Series.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdecimal() else None


def belong(row: Row, wanted: Belonging) -> None:
    """Write what is settled; minutes keep the gathering of their session."""
    row.series = _series(wanted.series)
    if isinstance(row, Resource):
        row.gathering = _gathering(wanted.gathering)
        row.save(update_fields=["gathering", "series"])
    else:
        row.save(update_fields=["series"])
    known = Theme.objects.filter(slug__in=wanted.chosen)
    row.themes.set([*known, *(theme_of(title) for title in themes_of(wanted))])


def theme_of(title: str) -> Theme:
    """Give a theme by its title, whatever its case and accents."""
    slug = slugify(title)[:80] or "theme"
    return Theme.objects.get_or_create(slug=slug, defaults={"title": title[:80]})[0]


def move_minutes(minutes: Minutes, wanted: Belonging, by: Person) -> None:
    """Give minutes their themes and series; what is published of them is found by these at once.

    The text is not touched: who stands by it still does.
    """
    with transaction.atomic():
        row = Minutes.objects.select_for_update().get(pk=minutes.pk)
        belong(row, wanted)
        shelf.move_minutes(row)
        note("minutes.belongs", row, by)
    minutes.refresh_from_db()
