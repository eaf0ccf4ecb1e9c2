"""Who registered, for the group: counts, lists, by hand, letters, papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import papers, registrations
from fabrique.actions.registration_listing import FORMATS, exported
from fabrique.actions.seats.hold import before_draw, form_of
from fabrique.domain.language import language
from fabrique.domain.seat import NAMES, SEATED, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Person, Registration
from fabrique.web.drawn import Trend, trend
from fabrique.web.register_box import register_box
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ACT = "gathering:registrations"


def group_of(request: HttpRequest, slug: str) -> tuple[Gathering, Person, datetime]:
    """Give the gathering, who of its group looks, and when."""
    gathering = gathering_of(request, slug, ACT)
    person = viewer(request).person
    assert person is not None  # noqa: S101 - the policy said so
    return gathering, person, timezone.now()


@never_cache
@require_safe
def page_of(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who registered."""
    gathering, _, now = group_of(request, slug)
    return shown(request, gathering, now)


def shown(
    request: HttpRequest,
    gathering: Gathering,
    now: datetime,
    refusal: Text | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw the page of who registered."""
    rows = registrations.listed(gathering)
    asked = request.GET
    wanted = [row for row in rows if _wanted(row, asked)]
    counts = Counter(row.state for row in rows)
    form = form_of(gathering)
    values = {
        "gathering": gathering,
        "box": register_box(viewer(request), gathering, now),
        "rows": [(row, NAMES[Seat(row.state)]) for row in wanted],
        "everybody": len(rows),
        "counts": [(state.value, NAMES[state], counts[state]) for state in Seat if counts[state]],
        "asked": asked,
        "pools": list(gathering.pools.order_by("id")),
        "trend": _trend(gathering),
        "form": form,
        "draws": before_draw(form),
        "refusal": refusal,
        **(more or {}),
    }
    return page(request, "pages/registrations.html", values, 409 if refusal else 200)


def _wanted(row: Registration, asked: Any) -> bool:
    words = asked.get("q", "").casefold().split()
    there = f"{row.name} {row.email}".casefold()
    return (
        all(word in there for word in words)
        and asked.get("state", "") in ("", row.state)
        and asked.get("pool", "") in ("", str(row.pool_id))
        and not (asked.get("unpaid") and (row.paid or row.state not in SEATED))
    )


def _trend(gathering: Gathering) -> Trend | None:
    return trend(registrations.mobilised(gathering), gathering.target)


@never_cache
@require_safe
def listing(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """Give the list as a spreadsheet."""
    gathering, _, now = group_of(request, slug)
    if suffix not in FORMATS:
        raise Http404(suffix)
    content = exported(gathering, suffix, language(get_language() or "fr"), now)
    return _file(content, MEDIA[suffix], f"{slug}.{suffix}")


@never_cache
@require_safe
def paper(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the badges of all who come, or the attestations of all who came."""
    gathering, _, now = group_of(request, slug)
    if kind not in ("badges", "attestations"):
        raise Http404(kind)
    if kind == "badges":
        content = papers.badges(gathering, now)
    else:
        rows = gathering.registrations.filter(state=Seat.ATTENDED.value, main=True)
        content = papers.attestations(gathering, rows, now)
    return _file(content, "application/pdf", f"{slug}-{kind}.pdf")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to those who registered: drafts, which a person reads before they leave."""
    gathering, by, now = group_of(request, slug)
    post, refusal, drafts = request.POST, None, 0
    rows = registrations.listed(gathering)
    to = post.get("to", Seat.CONFIRMED.value)
    if request.method == "POST":
        chosen = [row for row in rows if row.state == to]
        words = post.get("subject", "")[:300], post.get("words", "").replace("\r\n", "\n")
        try:
            drafts = registrations.draft_letters(chosen, *words, now, by)
        except Invalid as error:
            refusal = error.text
    counts = Counter(row.state for row in rows)
    values = {
        "gathering": gathering,
        "tos": [(one.value, NAMES[one], counts[one]) for one in Seat if counts[one]],
        "to": to,
        "post": post,
        "refusal": refusal,
        "drafts": drafts,
    }
    return page(request, "pages/registrations-letter.html", values, 409 if refusal else 200)
