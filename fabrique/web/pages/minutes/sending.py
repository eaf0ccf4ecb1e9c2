"""Links to send a recording: made by those who write, opened once by whoever has it or records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions.access import NoAccess
from fabrique.actions.minutes import links
from fabrique.actions.minutes import recording as verbs
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, Recording, RecordingLink
from fabrique.web.numbers import whole
from fabrique.web.pages.minutes.announced import announced, microphone
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.minutes.heard import told_of
from fabrique.web.screens import qr
from fabrique.web.sending import hold, holder
from fabrique.web.site import page

GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def made(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the links of some minutes; make one, whose address is shown once; withdraw one."""
    found, me = minutes_of(request, pk)
    refused, fresh = None, {}
    if request.method == "POST":
        try:
            if request.POST.get("do") == "withdraw":
                links.withdraw(found, whole(request.POST.get("link", "")), me, timezone.now())
                return redirect("minutes-links", found.pk)
            fresh = _made(request.POST, found, me)
        except Invalid as error:
            refused = error
    values = {
        **shared(found, "words"),
        **fresh,
        "links": list(found.recording_links.order_by("-pk")),
        "now": timezone.now(),
        "refused": refused,
        "given": request.POST if refused else {},
    }
    return page(request, "pages/minutes/links.html", values, 400 if refused else 200)


def _made(given: Mapping[str, str], found: Minutes, me: Any) -> dict[str, Any]:
    label, days = given.get("label", ""), whole(given.get("days", ""))
    secret = links.make(found, label, days, me, timezone.now())
    address = settings.PUBLIC_URL + reverse("send", args=[secret])
    return {"address": address, "qr": qr(address), "label": label}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Open a link in this browser, then send or record one file; nothing else is shown."""
    link, held = _link(request, token)
    refused = None
    if link and request.method == "POST":
        if not held:
            return _opened(token)
        try:
            _announce(request, link)
            return redirect("send", token)
        except Invalid as error:
            refused = error
    values = {**_sent(link if held else None), "link": link, "held": held, "refused": refused}
    values |= {"here": reverse("send", args=[token]), "given": request.POST if refused else {}}
    status = 400 if refused else 200 if link else GONE
    return microphone(page(request, "pages/minutes/send.html", values, status))


def _link(request: HttpRequest, token: str) -> tuple[RecordingLink | None, bool]:
    """Give a link that serves this browser, and whether it holds it already."""
    try:
        return holder(request, token), True
    except NoAccess:
        return _unopened(token), False


def _unopened(token: str) -> RecordingLink | None:
    try:
        link = links.find(token, timezone.now())
    except NoAccess:
        return None
    return None if link.holder else link


def _opened(token: str) -> HttpResponse:
    try:
        own = links.open_once(token, timezone.now())
    except NoAccess:  # another browser was faster
        return redirect("send", token)
    return hold(redirect("send", token), token, own)


def _announce(request: HttpRequest, link: RecordingLink) -> None:
    new = announced(request.POST)
    if new is None:
        raise Invalid(Text("Choose one of what is offered."))
    verbs.announce(link.minutes, new, None, link)


def _sent(link: RecordingLink | None) -> dict[str, Any]:
    """Give the recording that came by this link, whether another is there already."""
    own = links.own_recording(link) if link else None
    others = Recording.objects.filter(minutes=link.minutes) if link and not own else None
    return {"recording": own, "other": bool(others and others.exists())}


@never_cache
@require_safe
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """Say how far one's own recording is."""
    try:
        link = holder(request, token)
    except NoAccess:
        raise Http404(token) from None
    return JsonResponse(told_of(links.own_recording(link)))
