"""One's own registration, by the link in the mail: GET shows buttons, POST acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import registrations, seats
from fabrique.actions.access import NoAccess
from fabrique.actions.papers import attestations, badge_address
from fabrique.actions.registration_letters import due, read_token, token_of
from fabrique.actions.seats.hold import form_of, gauge
from fabrique.actions.seats.settle import offering_until
from fabrique.domain.asked import Wrong
from fabrique.domain.seat import ACTIVE, NAMES, SEATED, Seat
from fabrique.domain.text import Invalid, Text, Words
from fabrique.store.models import Registration
from fabrique.web.form_fields import fields, given
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
    gathering, zone = row.gathering, ZoneInfo(row.gathering.zone)
    asked = registrations.asked_of(gathering)
    form = form_of(gathering)
    answers = given(request.POST, asked) if wrong and any(wrong) else row.answers
    seated, active = row.state in SEATED, row.state in ACTIVE
    live = row.state == Seat.OFFERED and row.offered_until is not None and now < row.offered_until
    lapsed = row.state == Seat.OFFERED and not live
    room = gauge(row.pool, now)
    stopped = row.state == Seat.WAITING and offering_until(gathering, now) is None
    others = gathering.pools.exclude(kind="workshop").exclude(pk=row.pool_id).order_by("id")
    values = {
        "row": row,
        "gathering": gathering,
        "wrong": wrong or {},
        "done": done,
        "state": Seat.EXPIRED.value if lapsed else row.state,
        "said": NAMES[Seat.EXPIRED if lapsed else Seat(row.state)],
        "active": active and not lapsed,
        "seated": seated,
        "live": live,
        "takes": stopped and room.has_room,
        "until": row.offered_until.astimezone(zone) if row.offered_until else None,
        "when": gathering.starts_at.astimezone(zone) if gathering.starts_at else None,
        "gauge": room,
        "position": registrations.position(row),
        "fields": fields(asked, answers, wrong or {}, now.astimezone(zone).date()),
        "others": list(others) if active and row.main else [],
        "due": due(row, gathering) if seated else None,
        "form": form,
        "token": token_of(row.pk),
        "badge": qr(badge_address(row, gathering.slug)) if seated else "",
        "enters": seated and bool(gathering.session),
    }
    return page(request, "pages/registration.html", values, status)


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
