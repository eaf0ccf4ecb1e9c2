"""One's own registration, by the link in the mail: GET shows buttons, POST acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import registrations, seats
from fabrique.actions.access import NoAccess
from fabrique.actions.compose import choices
from fabrique.actions.compose.mine import mine, stamp, workshops
from fabrique.actions.minutes.around import name_me
from fabrique.actions.papers import attestations, badge_address
from fabrique.actions.registration_letters import due, read_token, token_of
from fabrique.actions.seats.hold import form_of, gauge
from fabrique.actions.seats.settle import offering_until
from fabrique.domain.asked import Wrong
from fabrique.domain.seat import ACTIVE, NAMES, SEATED, Seat
from fabrique.domain.text import Invalid, Text, Words
from fabrique.store.models import Registration
from fabrique.web.form_fields import fields, given
from fabrique.web.pages.compose.ballot import drawn_ballots, given_shops, ranked
from fabrique.web.screens import qr
from fabrique.web.site import page

UNKNOWN = Text("This button is not here.")
ACTS: Mapping[str, Callable[[UUID, datetime], Registration]] = {
    "accept": seats.accept,
    "decline": seats.decline,
    "cancel": seats.cancel,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody holds, and what they may do; do it when they press a button."""
    row, now = found(token), timezone.now()
    if request.method != "POST":
        return _shown(request, row, now)
    try:
        _act(request, row, now)
    except Wrong as error:
        return _shown(request, row, now, error.fields, 400)
    except Invalid as error:
        return _shown(request, found(token), now, {"": error.text}, 409)
    return _shown(request, found(token), now, done=request.POST.get("do", ""))


def found(token: str) -> Registration:
    """Find the registration of a link; raise `Http404`."""
    try:
        pk = read_token(token)
    except NoAccess:
        raise Http404(token) from None
    rows = Registration.objects.select_related("gathering__form", "pool", "person")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404(token)
    return row


def _act(request: HttpRequest, row: Registration, now: datetime) -> None:
    do = request.POST.get("do", "")
    if do in ACTS:
        ACTS[do](row.pk, now)
    elif do == "answer" and row.state in ACTIVE:
        form = registrations.asked_of(row.gathering)
        answers = registrations.judged(row.gathering, given(request.POST, form), now)
        registrations.answer(row.pk, answers, row.person)
    elif do == "choose":
        choices.choose(row, request.POST.get("composition", ""), ranked(request.POST), now)
    elif do == "named" and row.state in SEATED:
        name_me(row.pk, "named" in request.POST)
    elif do == "change":
        pool = request.POST.get("pool", "")
        if not pool.isascii() or not pool.isdecimal():
            raise Invalid(UNKNOWN)
        seats.change(row.pk, int(pool[:15]), now)
    else:
        raise Invalid(UNKNOWN)


def _shown(
    request: HttpRequest,
    row: Registration,
    now: datetime,
    wrong: Mapping[str, Words] | None = None,
    status: int = 200,
    done: str = "",
) -> HttpResponse:
    wrong = wrong or {}
    asked = registrations.asked_of(row.gathering)
    answers = given(request.POST, asked) if any(wrong) else row.answers
    day = now.astimezone(ZoneInfo(row.gathering.zone)).date()
    values = {
        "row": row,
        "gathering": row.gathering,
        "wrong": wrong,
        "done": done,
        "fields": fields(asked, answers, wrong, day),
        "form": form_of(row.gathering),
        "token": token_of(row.pk),
        **_held(row, now),
    }
    if row.state in SEATED:
        values |= _as_seated(row)
        values["ballots"] = drawn_ballots(row, now, request.POST if wrong else {})
    return page(request, "pages/registration.html", values, status)


def _held(row: Registration, now: datetime) -> dict[str, Any]:
    """Say where the registration stands, and what may be done from there."""
    gathering, zone = row.gathering, ZoneInfo(row.gathering.zone)
    live = row.state == Seat.OFFERED and row.offered_until is not None and now < row.offered_until
    state = Seat.EXPIRED if row.state == Seat.OFFERED and not live else Seat(row.state)
    room = gauge(row.pool, now)
    stopped = row.state == Seat.WAITING and offering_until(gathering, now) is None
    others = gathering.pools.exclude(kind="workshop").exclude(pk=row.pool_id).order_by("id")
    return {
        "state": state.value,
        "said": NAMES[state],
        "active": state in ACTIVE,
        "live": live,
        "takes": stopped and room.has_room,
        "until": row.offered_until.astimezone(zone) if row.offered_until else None,
        "when": gathering.starts_at.astimezone(zone) if gathering.starts_at else None,
        "gauge": room,
        "position": registrations.position(row),
        "others": list(others) if row.state in ACTIVE and row.main else [],
    }


def _as_seated(row: Registration) -> dict[str, Any]:
    """Give what somebody with a seat has: what is due, their badge, the way in, their tables."""
    tables, shops = mine(row), workshops(row)
    return {
        "seated": True,
        "due": due(row, row.gathering),
        "badge": qr(badge_address(row, row.gathering.slug)),
        "enters": bool(row.gathering.session),
        "tables": tables,
        "shops": [given_shops(one, row) for one in shops],
        "stamp": stamp([*tables, *shops]),
    }


@never_cache
@require_safe
def tables(_request: HttpRequest, token: str) -> HttpResponse:
    """Say by a mark whether somebody's tables are still those that their phone shows."""
    row = found(token)
    return JsonResponse({"stamp": stamp([*mine(row), *workshops(row)])})


@never_cache
@require_safe
def attestation(request: HttpRequest, token: str) -> HttpResponse:
    """Give the attestation of whoever was seen there."""
    row = found(token)
    if row.state != Seat.ATTENDED:
        raise Http404(token)
    pdf = attestations(row.gathering, [row], timezone.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="attestation.pdf"'
    return response
