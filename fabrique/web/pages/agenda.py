"""The agenda: what comes, a month, what is past."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fabrique.actions import agenda as rows_of
from fabrique.actions.agenda import Filters
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain import when
from fabrique.domain.gathering import State
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.told import MODES
from fabrique.store.models import Gathering, Spotted
from fabrique.web.listing import Line, by_day, by_month, lines, ours
from fabrique.web.site import page
from fabrique.web.viewer import viewer

PER_PAGE = 24
FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """Show what comes, by month; then what waits for another date."""
    looking, filters, now = viewer(request), filters_of(request), timezone.now()
    visible = rows_of.visible(looking, filters)
    pages = Paginator(rows_of.coming(visible, now), PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    rows = rows_of.seen(looking, shown.object_list)
    others = [] if filters != Filters() else _others(shown, rows, now)
    is_last = not shown.has_next()
    waiting = rows_of.seen(looking, rows_of.put_off(visible)) if is_last else []
    values = {
        "view": "coming",
        "months": by_month(lines(rows, others)),
        "waiting": [ours(row) for row in waiting],
        "pages": shown,
    }
    return _drawn(request, looking, filters, values)


@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Show what took place, latest first."""
    looking, filters = viewer(request), filters_of(request)
    rows = rows_of.past(rows_of.visible(looking, filters), timezone.now())
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = [ours(row) for row in rows_of.seen(looking, shown.object_list)]
    return _drawn(
        request, looking, filters, {"view": "past", "months": by_month(found), "pages": shown}
    )


@require_safe
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show a month, week by week."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= 12:  # noqa: PLR2004 - months
        raise Http404(year)
    looking, filters = viewer(request), filters_of(request)
    since, until = when.bounds(year, number, settings.TIME_ZONE)
    visible = rows_of.between(rows_of.visible(looking, filters), since, until)
    rows = [row for row in rows_of.seen(looking, visible) if row.state != "postponed"]
    others = [] if filters != Filters() else list(rows_of.spotted(since, until))
    days = by_day(lines(rows, others))
    weeks = [[(day, days.get(day, [])) for day in week] for week in when.month(year, number)]
    values = {
        "view": "month",
        "weeks": weeks,
        "year": year,
        "number": number,
        "before": when.next_month(year, number, -1),
        "after": when.next_month(year, number),
        "any": any(found for day, found in days.items() if day.month == number),
    }
    return _drawn(request, looking, filters, values)


def filters_of(request: HttpRequest) -> Filters:
    """Read what the reader narrows the agenda to; what cannot be is nothing."""
    given = {name: request.GET.get(name, "") for name in ("kind", "mode", "audience")}
    mode = given["mode"] if given["mode"] in MODES else ""
    audience = given["audience"] if given["audience"] in set(Tier) else ""
    return Filters(given["kind"][:50].replace("\0", ""), mode, audience)


def _others(shown: Any, rows: list[Gathering], now: datetime) -> list[Spotted]:
    """Give what others organise between the first and the last gathering of this page."""
    dates = [row.starts_at for row in rows if row.starts_at]
    since = now if shown.number == 1 or not dates else dates[0]
    until = dates[-1] if shown.has_next() and dates else None
    return list(rows_of.spotted(since, until)[:PER_PAGE])


def _drawn(
    request: HttpRequest, looking: Viewer, filters: Filters, values: dict[str, Any]
) -> HttpResponse:
    visible = rows_of.visible(looking).order_by("format")
    kinds = [kind for kind in visible.values_list("format", flat=True).distinct() if kind]
    today: date = timezone.localdate()
    return page(
        request,
        "pages/agenda.html",
        {
            "filters": filters,
            "kinds": kinds,
            "modes": MODES,
            "audiences": NAMES,
            "today": today,
            "asked": _asked(filters),
            "spots": allowed(looking, "house:spotted"),
            **values,
        },
    )


def _asked(filters: Filters) -> dict[str, str]:
    given = {"kind": filters.kind, "mode": filters.mode, "audience": filters.audience}
    return {name: value for name, value in given.items() if value}


def next_lines(looking: Viewer, most: int) -> list[Line]:
    """Give the next few gatherings that somebody may see."""
    rows = rows_of.coming(rows_of.visible(looking), timezone.now())
    rows = rows.exclude(state=State.CANCELLED.value)[:most]
    return [ours(row) for row in rows_of.seen(looking, rows)]
