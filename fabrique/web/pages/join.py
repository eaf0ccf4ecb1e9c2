"""Join a session, then take part from the same address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.actions.access import NoAccess, Role, seat_token
from fabrique.actions.animate import take_seat
from fabrique.domain.conduct import MOST_HEADS
from fabrique.domain.text import Invalid, Text
from fabrique.store.here import prepared
from fabrique.store.journal import Head
from fabrique.web.screens import dated, room
from fabrique.web.seats import keep, leave, session_of, token_of


@never_cache
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, code: str) -> HttpResponse:
    """Show the join page, or the phone to whoever has a seat."""
    head = session_of(request, code)
    if request.method == "POST":
        return _sit(request, head)
    try:
        _, seat = token_of(request, head, "screen:phone")
    except NoAccess:
        return _door(request, head)
    if not seat.participant:
        # Whoever leads may take part too, under a seat of their own: a console cannot answer.
        return _door(request, head)
    # Kept anew: a date may move further than the day when this seat was taken allows.
    fresh = seat_token(seat)
    return keep(room(request, head, "phone", fresh, seat), head, fresh, Role.PARTICIPANT)


@require_POST
def stand_up(request: HttpRequest, code: str) -> HttpResponse:
    """Give one's seat back."""
    return leave(redirect("session", code), session_of(request, code))


def _sit(request: HttpRequest, head: Head) -> HttpResponse:
    if head.ended_at is not None:
        return _door(request, head)
    try:
        token = take_seat(head.id, request.POST.get("name", ""), _heads(request))
    except Invalid as error:
        return _door(request, head, error.text)
    response = redirect("session", head.code)
    response.status_code = 303
    return keep(response, head, token, Role.PARTICIPANT)


def _heads(request: HttpRequest) -> int:
    """Read how many people are behind this screen; raise `Invalid`."""
    given = request.POST.get("heads", "").strip() or "1"
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:9]) <= MOST_HEADS:
        limit = {"limit": MOST_HEADS}
        raise Invalid(Text("A screen answers for 1 to {limit} people.", limit))
    return int(given)


def _door(request: HttpRequest, head: Head, refusal: Text | None = None) -> HttpResponse:
    session = prepared(head)
    values = {
        "head": head,
        "plan": session.plan,
        **dated(session),
        "outside": session.conduct.outside,
        "refusal": refusal,
        "name": request.POST.get("name", ""),
        "heads": request.POST.get("heads", "1"),
    }
    return render(request, "pages/join.html", values, status=400 if refusal else 200)
