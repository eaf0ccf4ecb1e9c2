"""Where the organising group edits a gathering, and makes it public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import publish as verbs
from fabrique.actions.edit import LIMITS, Wrong, change, read
from fabrique.actions.history import told
from fabrique.actions.interest import gauge
from fabrique.actions.messages import Batch, previewed
from fabrique.actions.news import pasted, when_of
from fabrique.actions.seats import USUAL
from fabrique.domain.announcement import Happens
from fabrique.domain.gathering import NEXT, State
from fabrique.domain.text import Invalid
from fabrique.domain.tier import NAMES
from fabrique.domain.told import MODES
from fabrique.store.models import Gathering, Person
from fabrique.web.numbers import size_of
from fabrique.web.register_box import register_box
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

ORGANISE = "gathering:organise"
OUT = (State.ANNOUNCED, State.PUBLISHED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change texts, place and dates."""
    gathering = gathering_of(request, slug, ORGANISE)
    if request.method != "POST":
        return _form(request, gathering, _held(gathering))
    given = request.POST
    if given.get("seen") != _mark(gathering):
        return _form(request, gathering, given.dict(), {"meanwhile": True}, 409)
    try:
        texts = read(given, gathering.zone)
        told = change(gathering, texts, _person(request), timezone.now())
    except Wrong as error:
        return _form(request, gathering, given.dict(), {"wrong": error.fields}, 422)
    except Invalid as error:
        return _form(request, gathering, given.dict(), {"refused": error.text}, 409)
    if told and State(gathering.state) in OUT:
        return redirect("messages", slug)
    return redirect("gathering", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what would be said and to whom, then announce, publish, postpone or cancel."""
    gathering = gathering_of(request, slug, ORGANISE)
    if request.method != "POST":
        return _deciding(request, gathering)
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        return _deciding(request, gathering, status=400)
    try:
        verb(gathering, _person(request), timezone.now(), request.POST)
    except Invalid as error:
        gathering.refresh_from_db()
        given = request.POST.dict()
        return _deciding(request, gathering, {"refused": error, "given": given}, 422)
    return redirect("messages", slug)


Verb = Callable[[Gathering, Person, datetime, Mapping[str, str]], Gathering]
VERBS: dict[str, Verb] = {
    "announced": lambda row, by, now, _form: verbs.announce(row, by, now),
    "published": lambda row, by, now, form: verbs.publish(row, by, now, _seats(row, form)),
    "postponed": lambda row, by, now, form: verbs.postpone(
        row, by, now, reason=form.get("reason", ""), until_when=form.get("until_when", "")
    ),
    "cancelled": lambda row, by, now, form: verbs.cancel(
        row, by, now, reason=form.get("reason", "")
    ),
}


def _seats(gathering: Gathering, form: Mapping[str, str]) -> dict[str, int | None] | None:
    """Read the seats that open with it, by kind; None where people come without registering."""
    if form.get("registers") != "yes":
        return None
    return {kind: size_of(form.get(f"size-{kind}", "")) for kind, _ in USUAL[gathering.mode]}


def _person(request: HttpRequest) -> Person:
    person = viewer(request).person
    assert person is not None  # noqa: S101 - nobody else may organise
    return person


def _mark(gathering: Gathering) -> str:
    return f"{gathering.sequence}.{gathering.changed_at.timestamp():.6f}"


def _held(gathering: Gathering) -> dict[str, Any]:
    """Give what the form shows first, by the clocks of the place."""
    zone = ZoneInfo(gathering.zone)
    begins = gathering.starts_at and gathering.starts_at.astimezone(zone)
    ends = gathering.ends_at and gathering.ends_at.astimezone(zone)
    hours = not gathering.all_day
    return {
        **{name: getattr(gathering, name) for name in LIMITS},
        "mode": gathering.mode,
        "audience": gathering.audience,
        "target": gathering.target or "",
        "all_day": gathering.all_day,
        "day": f"{begins:%Y-%m-%d}" if begins else "",
        "last": f"{ends:%Y-%m-%d}" if ends and begins and ends.date() != begins.date() else "",
        "opens": f"{begins:%H:%M}" if begins and hours else "",
        "closes": f"{ends:%H:%M}" if ends and hours else "",
    }


def _form(
    request: HttpRequest,
    gathering: Gathering,
    given: Mapping[str, Any],
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    values = {
        "gathering": gathering,
        "given": given,
        "seen": _mark(gathering),
        "modes": MODES,
        "audiences": NAMES,
        "limits": LIMITS,
        "is_out": State(gathering.state) in OUT,
        "organises": True,
        **(more or {}),
    }
    return page(request, "pages/gathering-edit.html", values, status=status)


def _deciding(
    request: HttpRequest,
    gathering: Gathering,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    state, given = State(gathering.state), (more or {}).get("given", {})
    kinds = [(kind, name, given.get(f"size-{kind}", "")) for kind, name in USUAL[gathering.mode]]
    may = [Happens(one.value) for one in State if one in NEXT[state] and one.value in VERBS]
    previews: dict[str, list[Batch]] = {one.value: previewed(gathering, one) for one in may}
    values = {
        "gathering": gathering,
        "when": when_of(gathering),
        "state": state.value,
        "previews": previews,
        "pasted": pasted(gathering),
        "gauge": gauge(gathering),
        "box": register_box(viewer(request), gathering, timezone.now()),
        "usual": kinds,
        "past": told(gathering, ZoneInfo(gathering.zone)),
        "mails": settings.MAILS,
        "organises": True,
        "given": given,
        **(more or {}),
    }
    return page(request, "pages/gathering-publish.html", values, status=status)
