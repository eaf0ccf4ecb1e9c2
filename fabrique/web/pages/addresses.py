"""Addresses: left by whoever likes, apart from their answers; seen, used and erased by the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import addresses
from fabrique.actions.access import read_removal
from fabrique.actions.remind import Sent, closing, composed, remind, reminded
from fabrique.domain.language import language
from fabrique.domain.session import Session
from fabrique.domain.text import Invalid
from fabrique.store.here import prepared
from fabrique.store.journal import Head
from fabrique.web.screens import dated
from fabrique.web.seats import session_of, token_of


@never_cache
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Give the closing as a file for one's own calendar."""
    head = session_of(request, code)
    try:
        about = closing(head, prepared(head), timezone.now())
    except Invalid:
        raise Http404(code) from None
    event = composed("ical", about, _code())
    response = HttpResponse(event.body, content_type=event.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{event.name}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Take an address. Who asks is not looked at: no seat is read here."""
    head = session_of(request, code)
    session = prepared(head)
    if request.method != "POST":
        return _form(request, head, session)
    offers = _offers(head, session)
    given = request.POST
    try:
        token = addresses.leave(
            head.id,
            given.get("email", ""),
            remind=bool(offers["remind"] and "remind" in given),
            contact=bool(offers["why"] and "contact" in given),
        )
    except Invalid as error:
        return _form(request, head, session, error)
    link = settings.PUBLIC_URL + reverse("address-gone", args=[head.code, token])
    return render(request, "pages/address.html", {**_about(head, session), "link": link})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gone(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Show one button; only pressing it erases, for mail programs open links."""
    head = session_of(request, code)
    read_removal(token)
    values = _about(head, prepared(head)) | {"erasing": True}
    if request.method == "POST":
        addresses.take_out(token)
        values["erased"] = True
    return render(request, "pages/address.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the team what was left; send the reminder, erase one."""
    head = session_of(request, code)
    token_of(request, head, "addresses")
    if request.method != "POST":
        addresses.forget_old(timezone.now())
        return _listed(request, head)
    act = next((name for name in ACTS if name in request.POST), None)
    if act is None:
        raise Http404
    return ACTS[act](request, head)


@never_cache
@require_safe
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Give the addresses as a table."""
    head = session_of(request, code)
    token_of(request, head, "addresses")
    content = addresses.as_csv(head.id, language(_code()))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"fabrique-{head.code}-addresses.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _remind(request: HttpRequest, head: Head) -> HttpResponse:
    try:
        return _listed(request, head, sent=remind(head, timezone.now()))
    except Invalid as error:
        return _listed(request, head, refused=error)


def _erase(request: HttpRequest, head: Head) -> HttpResponse:
    wanted = request.POST["erase"]
    if not wanted.isascii() or not wanted.isdecimal():
        raise Http404
    addresses.erase(int(wanted[:20]), head.id)
    return redirect("addresses", head.code)


ACTS: Mapping[str, Callable[[HttpRequest, Head], HttpResponse]] = {
    "remind": _remind,
    "erase": _erase,
}


def _listed(
    request: HttpRequest, head: Head, sent: Sent | None = None, refused: Invalid | None = None
) -> HttpResponse:
    session, rows = prepared(head), addresses.listed(head.id)
    values = _about(head, session) | {
        "rows": rows,
        "asking": sum(row.remind for row in rows),
        "reminded": reminded(head, session),
        "mails": settings.MAILS,
        "sent": sent,
        "refused": refused,
    }
    return render(request, "pages/addresses.html", values, status=400 if refused else 200)


def _form(
    request: HttpRequest, head: Head, session: Session, refused: Invalid | None = None
) -> HttpResponse:
    values = _about(head, session) | {
        "offers": _offers(head, session),
        "refused": refused,
        "email": request.POST.get("email", ""),
        "given": request.POST,
    }
    return render(request, "pages/address.html", values, status=400 if refused else 200)


def _about(head: Head, session: Session) -> dict[str, Any]:
    return {"head": head, "plan": session.plan, **dated(session)}


def _offers(head: Head, session: Session) -> dict[str, Any]:
    """Give what an address may be left for; a reminder only where it can come."""
    when = dated(session)
    coming = when["until"] is not None and not when["past"] and head.ended_at is None
    remind = settings.MAILS and coming and not reminded(head, session)
    return {"remind": remind, "why": session.pace.why}


def _code() -> str:
    return "en" if get_language() == "en" else "fr"
