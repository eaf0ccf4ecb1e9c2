"""The stage, the console, and the link that opens a console once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fabrique.actions.access import (
    HOUSE,
    PAIR_LASTS,
    NoAccess,
    Role,
    is_pairing,
    peek_link,
    read_seat,
    seat_token,
    spend_link,
)
from fabrique.actions.animate import new_console_link, new_pair_link, stage_token
from fabrique.store.here import here, plan_of
from fabrique.web.screens import qr, room
from fabrique.web.seats import keep, keep_organiser, session_of, token_of

KEPT = ("group", "wall", "theme")  # of the address of a big screen


@never_cache
@require_safe
def stage(request: HttpRequest, code: str) -> HttpResponse:
    """Show the big screen; a token in the address moves to a cookie, out of sight."""
    head = session_of(request, code)
    if given := request.GET.get("token"):
        if (seat := read_seat(given)).session != head.id or seat.role is not Role.STAGE:
            raise NoAccess
        # The stage of one table, or of one wall, stays so.
        kept = {name: value for name in KEPT if (value := request.GET.get(name))}
        to = reverse("stage", args=[head.code]) + (f"?{urlencode(kept)}" if kept else "")
        return keep(redirect(to), head, given, Role.STAGE)
    token_of(request, head, "screen:stage")
    # Whoever may look gets a token that can only look: a projector is nobody's console.
    token = stage_token(head.id)
    return room(request, head, "stage", token, read_seat(token))


@never_cache
@require_safe
def console(request: HttpRequest, code: str) -> HttpResponse:
    """Show the console to a facilitator."""
    head = session_of(request, code)
    token, seat = token_of(request, head, "screen:console")
    return room(request, head, "console", token, seat)


@never_cache
@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Give a facilitator a one-time link: a QR code for a remote, an address for a colleague."""
    head = session_of(request, code)
    token_of(request, head, "animate")
    remote = request.POST.get("for") == "remote"
    token = new_pair_link(head.id) if remote else new_console_link(head.id)
    address = settings.PUBLIC_URL + reverse("enter", args=[token])
    values = {"address": address, "remote": remote, "qr": qr(address), "minutes": PAIR_LASTS // 60}
    return render(request, "parts/invitation.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; only pressing it uses the link, for mail programs open links."""
    if request.method != "POST":
        seat = peek_link(token)
        plan = plan_of(here().head(seat.session)) if seat.session != HOUSE else None
        values = {"plan": plan, "remote": is_pairing(token)}
        return render(request, "pages/enter.html", values)
    seat = spend_link(token)
    if seat.session == HOUSE:
        return keep_organiser(redirect("prepare"), seat_token(seat))
    head = here().head(seat.session)
    address = reverse("console", args=[head.code]) + ("?paired" if is_pairing(token) else "")
    response = redirect(address)
    return keep(response, head, seat_token(seat), Role.FACILITATOR)
