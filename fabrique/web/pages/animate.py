"""The stage, the console, and the link that opens a console once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions.access import (
    HOUSE,
    NoAccess,
    Role,
    peek_link,
    read_seat,
    seat_token,
    spend_link,
)
from fabrique.actions.animate import stage_token
from fabrique.store.here import here, plan_of
from fabrique.web.screens import room
from fabrique.web.seats import keep, keep_organiser, session_of, token_of


@never_cache
@require_safe
def stage(request: HttpRequest, code: str) -> HttpResponse:
    """Show the big screen; a token in the address moves to a cookie, out of sight."""
    head = session_of(request, code)
    if given := request.GET.get("token"):
        if (seat := read_seat(given)).session != head.id or seat.role is not Role.STAGE:
            raise NoAccess
        return keep(redirect("stage", head.code), head, given, Role.STAGE)
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
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; only pressing it uses the link, for mail programs open links."""
    if request.method != "POST":
        seat = peek_link(token)
        plan = plan_of(here().head(seat.session)) if seat.session != HOUSE else None
        return render(request, "pages/enter.html", {"plan": plan})
    seat = spend_link(token)
    if seat.session == HOUSE:
        return keep_organiser(redirect("prepare"), seat_token(seat))
    head = here().head(seat.session)
    response = redirect("console", head.code)
    return keep(response, head, seat_token(seat), Role.FACILITATOR)
