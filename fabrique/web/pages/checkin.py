"""The door on a phone: names and big buttons; what was ticked offline is sent when it can be."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from fabrique.actions import seats
from fabrique.actions.access import NoAccess
from fabrique.actions.registration_letters import read_badge
from fabrique.domain.language import language
from fabrique.domain.seat import NAMES, SEATED, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Person, Registration
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

ACT = "gathering:registrations"
SHOWN = SEATED | {Seat.OFFERED, Seat.WAITING}
MOST = 500  # acts in one go
UNREADABLE = Text("This could not be read: nothing was changed.")


class Done(Struct):
    """One act of a phone, as it sends it."""

    id: UUID
    act: str
    who: UUID
    at: datetime
    name: str = ""
    order: int = 0  # among those of one moment; for the phone alone


def _group(request: HttpRequest, slug: str) -> tuple[Gathering, Person]:
    gathering = gathering_of(request, slug, ACT)
    person = viewer(request).person
    assert person is not None  # noqa: S101 - the policy said so
    return gathering, person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is awaited; without a script, tick one by a form."""
    gathering, by = _group(request, slug)
    refusal = None
    if request.method == "POST":
        try:
            seats.check(gathering, _typed(request), timezone.now(), by)
        except Invalid as error:
            refusal = error.text
        else:
            return redirect("checkin", slug)
    found = _awaited(gathering)
    values = {
        "gathering": gathering,
        "rows": [(row, NAMES[Seat(row.state)]) for row in found],
        "came": sum(row.state == Seat.ATTENDED for row in found),
        "awaited": sum(row.state in SEATED for row in found),
        "refusal": refusal,
    }
    return page(request, "pages/checkin.html", values, 409 if refusal else 200)


def _awaited(gathering: Gathering) -> list[Registration]:
    rows = gathering.registrations.filter(state__in=sorted(SHOWN), main=True)
    return sorted(rows.select_related("pool"), key=lambda row: (row.name.casefold(), str(row.pk)))


def _typed(request: HttpRequest) -> seats.Act:
    post, now = request.POST, timezone.now()
    act = post.get("act", "")
    try:
        who = uuid4() if act == "walk-in" else UUID(post.get("who", ""))
    except ValueError:
        raise Invalid(UNREADABLE) from None
    return _known(Done(uuid4(), act, who, now, post.get("name", "")))


def _known(done: Done) -> seats.Act:
    if done.act not in ("in", "out", "walk-in") or done.at.tzinfo is None:
        raise Invalid(UNREADABLE)
    return seats.Act(done.id, done.act, done.who, done.at, done.name)


@never_cache
@require_POST
def sync(request: HttpRequest, slug: str) -> HttpResponse:
    """Take what a phone ticked, each act once; answer with how things stand for all phones."""
    gathering, by = _group(request, slug)
    said = language(get_language() or "fr").say
    try:
        acts = msgspec.json.decode(request.body, type=list[Done])
    except (msgspec.ValidationError, msgspec.DecodeError):
        return JsonResponse({"error": said(UNREADABLE)}, status=400)
    replies: list[dict[str, Any]] = []
    for one in acts[:MOST]:
        try:
            seats.check(gathering, _known(one), timezone.now(), by)
            replies.append({"id": str(one.id), "ok": True})
        except Invalid as error:
            replies.append({"id": str(one.id), "ok": False, "text": said(error.text)})
    people = [
        {"who": str(row.pk), "name": row.name, "state": row.state, "pool": row.pool.title}
        for row in _awaited(gathering)
    ]
    return JsonResponse({"replies": replies, "people": people})


@never_cache
@require_safe
def badge(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show whose badge it is, and the button that ticks them."""
    gathering, _ = _group(request, slug)
    try:
        pk = read_badge(token)
    except NoAccess:
        raise Http404(slug) from None
    row = gathering.registrations.select_related("pool").filter(pk=pk).first()
    if row is None:
        raise Http404(slug)
    values = {"gathering": gathering, "row": row, "said": NAMES[Seat(row.state)]}
    return page(request, "pages/checkin-badge.html", values)
