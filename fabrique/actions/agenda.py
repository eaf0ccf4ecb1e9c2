"""What of the agenda somebody may see: the same question for pages, feeds and frames."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from msgspec import Struct

from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.gathering import PUBLIC, State
from fabrique.domain.tier import Span, Tier
from fabrique.store.models import Gathering, Interest, Organiser, Registration, Spotted

HELD = ("pending", "confirmed", "waiting", "offered", "attended")


class Filters(Struct, frozen=True):
    """What the reader narrows the agenda to; empty is all."""

    kind: str = ""
    mode: str = ""
    audience: str = ""

    def query(self) -> Q:
        """Give the same to the database."""
        asked = {"format": self.kind, "mode": self.mode, "audience": self.audience}
        return Q(**{name: value for name, value in asked.items() if value})


def visible(viewer: Viewer, filters: Filters | None = None) -> QuerySet[Gathering]:
    """Give the gatherings that may be seen, each on the tier of its own day; soonest first."""
    public = Q(state__in=[state.value for state in PUBLIC]) & _reached(viewer)
    rows = Gathering.objects.filter(public, (filters or Filters()).query())
    return rows.order_by("starts_at", "slug")


def seen(viewer: Viewer, rows: Iterable[Gathering]) -> list[Gathering]:
    """Ask the policy of each row: what the query lets through too widely stops here."""
    return [row for row in rows if allowed(viewer, "gathering:see", row)]


def coming(rows: QuerySet[Gathering], now: datetime) -> QuerySet[Gathering]:
    """Keep those that are not over, and have not been put off."""
    rows = rows.exclude(state=State.POSTPONED.value)
    ends = Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=_today(now))
    return rows.filter(ends | Q(all_day=True, ends_at__gte=_today(now)))


def put_off(rows: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Keep those that wait for another date."""
    return rows.filter(state=State.POSTPONED.value)


def past(rows: QuerySet[Gathering], now: datetime) -> QuerySet[Gathering]:
    """Keep those that took place, latest first."""
    over = Q(ends_at__lt=now) | Q(ends_at__isnull=True, starts_at__lt=_today(now))
    kept = rows.filter(over).exclude(state__in=[State.POSTPONED.value, State.CANCELLED.value])
    return kept.order_by("-starts_at", "slug")


def between(rows: QuerySet[Gathering], since: datetime, until: datetime) -> QuerySet[Gathering]:
    """Keep those that touch this time."""
    ends = Q(ends_at__gt=since) | Q(ends_at__isnull=True, starts_at__gte=since)
    return rows.filter(ends, starts_at__lt=until)


def spotted(since: datetime, until: datetime | None = None) -> QuerySet[Spotted]:
    """Give what others organise, from a moment on."""
    ends = Q(ends_at__gte=since) | Q(ends_at__isnull=True, starts_at__gte=since)
    rows = Spotted.objects.filter(ends)
    return (rows.filter(starts_at__lt=until) if until else rows).order_by("starts_at", "id")


def own(viewer: Viewer) -> QuerySet[Gathering]:
    """Give those that somebody registered for, organises, or said they would come to."""
    person = viewer.person
    here = OuterRef("pk")
    held = Registration.objects.filter(gathering=here, person=person, state__in=HELD)
    meant = Interest.objects.filter(gathering=here, person=person, answer__in=("yes", "maybe"))
    group = Organiser.objects.filter(gathering=here, person=person)
    mine = Exists(held) | Exists(meant) | Exists(group) | Q(proposer=person)
    rows = Gathering.objects.filter(mine, starts_at__isnull=False)
    return rows.exclude(state=State.DECLINED.value).order_by("starts_at", "slug")


def _today(now: datetime) -> datetime:
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def _reached(viewer: Viewer) -> Q:
    """Say in the database whose day each gathering falls on, for this viewer."""
    if viewer.is_staff:
        return Q()
    found = Q(audience=Tier.GUEST.value)
    if viewer.person is None:
        return found
    found |= Q(audience=Tier.MEMBER.value)
    today = viewer.today
    for span in viewer.spans:
        if span.paid:
            reached = Q(audience=Tier.ADHERENT.value) & _within(span)
            if span.starts_on <= today and (span.ends_on is None or today <= span.ends_on):
                reached |= Q(audience=Tier.ADHERENT.value, starts_at__isnull=True)
            found |= reached
    mine = Organiser.objects.filter(gathering=OuterRef("pk"), person=viewer.person)
    return found | Q(proposer=viewer.person) | Q(Exists(mine))


def _within(span: Span) -> Q:
    """Give the days of a membership and one around it, for other clocks: `seen` judges last."""
    zone, day = ZoneInfo(settings.TIME_ZONE), timedelta(days=1)
    within = Q(starts_at__gte=datetime.combine(span.starts_on, time(), zone) - day)
    if span.ends_on is not None:
        within &= Q(starts_at__lt=datetime.combine(span.ends_on, time(), zone) + 2 * day)
    return within
