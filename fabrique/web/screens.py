"""The shells of the room's three screens; what is on them comes from the hub."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fabrique.actions.access import Seat
from fabrique.domain.closing import left
from fabrique.domain.cover import in_zone
from fabrique.domain.session import Plan, Session
from fabrique.live.wall import walls
from fabrique.store.here import kinds, plan_of
from fabrique.store.journal import Head
from fabrique.web.words import sentences

THEMES = ("dark", "light", "contrast")


def room(request: HttpRequest, head: Head, screen: str, token: str, seat: Seat) -> HttpResponse:
    """Draw the shell of "phone", "stage" or "console", for whoever holds `token`."""
    plan = plan_of(head)
    values = {
        "head": head,
        "plan": plan,
        "scripts": own_files(plan, "js"),
        "styles": own_files(plan, "css"),
        "screen": screen,
        "paired": "paired" in request.GET,
        "theme": _theme(request) if screen == "stage" else "",
        "walls": _walls(request, plan) if screen != "phone" else [],
        "wall": request.GET.get("wall"),
        "token": token,
        "seat": seat,
        "words": sentences(get_language() or settings.LANGUAGE_CODE),
        "address": join_address(head),
        "host": urlsplit(settings.PUBLIC_URL).netloc,
        "mails": settings.MAILS,
        "qr": SafeString() if screen == "phone" else qr(join_address(head)),
    }
    response = render(request, f"pages/{screen}.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response


def dated(session: Session) -> dict[str, Any]:
    """Give what a page says of the date of a session, if it has one."""
    zone, now = session.plan.timezone, timezone.now()
    if session.pace.ends_at is None:
        return {"until": None}
    until = in_zone(session.pace.ends_at, zone)
    past = now >= until
    last = not past and until - now < timedelta(days=1)
    return {"until": until, "left": left(until, in_zone(now, zone)), "past": past, "last": last}


def _theme(request: HttpRequest) -> str:
    """Give the theme that this big screen's address keeps; none: the dark house."""
    wanted = request.GET.get("theme", "")
    return wanted if wanted in THEMES else ""


def _walls(request: HttpRequest, plan: Plan) -> list[tuple[str, str, str]]:
    """Give the walls that a big screen may keep: step, title, address; its look stays."""
    look = {"theme": theme} if (theme := _theme(request)) else {}
    found = walls(plan, kinds())
    return [(step, title, f"?{urlencode({'wall': step, **look})}") for step, title in found]


def own_files(plan: Plan, suffix: str) -> list[str]:
    """Give the scripts or styles that kinds of this plan have for themselves, by their names."""
    used = dict.fromkeys(step.kind for step in (*plan.steps, *plan.beside))
    names = (f"kinds/{kind}.{suffix}" for kind in used)
    return [name for name in names if finders.find(name)]


def join_address(head: Head) -> str:
    """Give the address that a QR code carries: it makes participants, nothing more."""
    return settings.PUBLIC_URL + reverse("session", args=[head.code])


def qr(address: str) -> SafeString:
    """Draw an address as an inline picture, without a style attribute."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - drawn by us, from an address of ours
