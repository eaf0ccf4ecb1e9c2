"""One link for registration and session: whoever registered enters with their name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.access import Role
from fabrique.actions.animate import find_session, take_seat
from fabrique.actions.policy.gatherings import tier_for
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.registration_letters import token_of
from fabrique.actions.registrations import mine
from fabrique.actions.video import joining
from fabrique.domain.seat import SEATED
from fabrique.domain.text import Invalid
from fabrique.store.journal import Head
from fabrique.store.models import Gathering, Person, Registration
from fabrique.web.pages.registration import found
from fabrique.web.register_box import register_box
from fabrique.web.seats import keep
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead in whoever has a seat; tell the others what they can do."""
    gathering, now = gathering_of(request, slug), timezone.now()
    person = viewer(request).person
    row, head = mine(person, gathering), _session(gathering)
    if row is not None and row.state in SEATED:
        return _enters(request, gathering, head, row, now)
    if request.method == "POST":
        raise Http404(slug)
    if head is not None and gathering.door == "open":
        return redirect("session", head.code)
    box = register_box(viewer(request), gathering, now)
    values = {"gathering": gathering, "box": box, "row": row, "when": _when(gathering)}
    return page(request, "pages/room.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_room(request: HttpRequest, token: str) -> HttpResponse:
    """Lead in whoever holds the link of a registration, account or not."""
    row, now = found(token), timezone.now()
    if row.state not in SEATED:
        return redirect("registration", token)
    return _enters(request, row.gathering, _session(row.gathering), row, now)


def _enters(
    request: HttpRequest,
    gathering: Gathering,
    head: Head | None,
    row: Registration,
    now: datetime,
) -> HttpResponse:
    if request.method == "POST" and head is not None and head.ended_at is None:
        seat = take_seat(head.id, row.name, tier=_tier(row.person, row, now))
        response = redirect("session", head.code)
        response.status_code = 303
        return keep(response, head, seat, Role.PARTICIPANT)
    values = {
        "gathering": gathering,
        "row": row,
        "head": head,
        "ended": head is not None and head.ended_at is not None,
        "when": _when(gathering),
        "token": token_of(row.pk),
        "video": joining(gathering),
    }
    return page(request, "pages/room.html", values)


def _tier(person: Person | None, row: Registration, now: datetime) -> str:
    """Give the tier on the day, which a membership bought since may have changed."""
    if person is None:
        return row.tier
    return tier_for(Viewer(person, timezone.localdate(now)), row.gathering).value


def _session(gathering: Gathering) -> Head | None:
    try:
        return find_session(gathering.session) if gathering.session else None
    except Invalid:
        return None


def _when(gathering: Gathering) -> datetime | None:
    starts = gathering.starts_at
    return starts.astimezone(ZoneInfo(gathering.zone)) if starts else None
