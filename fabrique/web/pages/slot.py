"""When: the slot of a gathering, the poll by which a group agrees, the team's own slots."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import polls, slots
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Person, Poll, Slot
from fabrique.web.numbers import whole
from fabrique.web.pages.propose import person_of
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

OWN = 3  # slots of one's own a form takes at once
KEY = "poll"
YEAR = 365 * 24 * 3600
DEADLINE = timedelta(days=5)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """Show free slots and the poll; ask, close, keep one in a click."""
    found = gathering_of(request, slug, "gathering:organise")
    me = person_of(request, "gathering:organise", found)
    refused = None
    if request.method == "POST":
        try:
            _act(request, found, me)
        except Invalid as error:
            refused = error
        else:
            return redirect("organise-slot", slug)
    return _settling(request, found, refused)


def _act(request: HttpRequest, found: Gathering, me: Person) -> None:
    given, now = request.POST, timezone.now()
    if "keep" in given:
        polls.keep(found, whole(given["keep"]), me, now, anyway="anyway" in given)
    elif "close" in given:
        polls.close(found, me)
    elif "fix" in given:  # agreed already: no poll is needed
        slot = slots.read_slot(given.get("starts_at", ""), given.get("ends_at", ""))
        with transaction.atomic():
            row = Gathering.objects.get(pk=found.pk)
            slots.place(row, slot, me, anyway="anyway" in given)
    else:
        closes = slots.read_moment(given.get("closes_at", ""), "closes_at")
        polls.open_poll(found, _wanted(request), closes, me, now)


def _wanted(request: HttpRequest) -> list[tuple[datetime, datetime]]:
    keys = [whole(one) for one in request.POST.getlist("free")]
    chosen = [(one.starts_at, one.ends_at) for one in Slot.objects.filter(pk__in=keys, kind="free")]
    for n in range(OWN):
        starts, ends = request.POST.get(f"starts-{n}", ""), request.POST.get(f"ends-{n}", "")
        if starts or ends:
            chosen.append(slots.read_slot(starts, ends))
    return chosen


def _settling(
    request: HttpRequest, found: Gathering, refused: Invalid | None = None
) -> HttpResponse:
    found.refresh_from_db()
    now, poll = timezone.now(), polls.poll_of(found)
    rows = polls.tallies(poll) if poll else []
    held = slots.all_clashes([(r.option.starts_at, r.option.ends_at) for r in rows], found)
    own = slots.clashes(found.starts_at, found.ends_at, found) if _dated(found) else []  # type: ignore[arg-type]
    place = ZoneInfo(found.zone)
    values = {
        "gathering": found,
        "poll": poll,
        "open": poll is not None and polls.is_open(poll, now),
        "answers": poll.answers.count() if poll else 0,
        "rows": [
            (row, [slots.said(one, found.zone) for one in clash])
            for row, clash in zip(rows, held, strict=True)
        ],
        "clashes": [slots.said(one, found.zone) for one in own],
        "free": slots.free(now),
        "own": range(OWN),
        "chosen": request.POST.getlist("free") if refused else [],
        "typed": request.POST if refused else {},
        "deadline": (now + DEADLINE).astimezone(place).replace(hour=20, minute=0),
        "now": now.astimezone(place),
        "link": settings.PUBLIC_URL + reverse("poll", args=[poll.token]) if poll else "",
        "refused": refused,
        "clash": refused is not None and refused.where == "clash",
        "again": {
            k: v for k, v in request.POST.items() if k in ("keep", "fix", "starts_at", "ends_at")
        },
    }
    return page(request, "pages/organise-slot.html", values, 400 if refused else 200)


def _dated(found: Gathering) -> bool:
    return found.starts_at is not None and found.ends_at is not None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever has the link; show what others said once they have answered."""
    found = get_object_or_404(Poll.objects.select_related("gathering"), token=token)
    key = request.COOKIES.get(KEY, "")
    me, refused = viewer(request).person, None
    typed: dict[str, str] = {}
    if request.method == "POST":
        key = key or secrets.token_urlsafe(16)
        typed = request.POST.dict()
        try:
            polls.answer(found, typed, key, me, timezone.now())
        except Invalid as error:
            refused = error
        else:
            return _remembered(redirect(f"{reverse('poll', args=[token])}?kept=1"), token, key)
    found.refresh_from_db()
    return _asked(request, found, key, refused, typed)


def _remembered(response: HttpResponse, token: str, key: str) -> HttpResponse:
    response.set_cookie(
        KEY,
        key,
        max_age=YEAR,
        path=reverse("poll", args=[token]),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _asked(
    request: HttpRequest, found: Poll, key: str, refused: Invalid | None, typed: dict[str, str]
) -> HttpResponse:
    me = viewer(request).person
    mine = polls.answer_of(found, key, me)
    is_open = polls.is_open(found, timezone.now())
    zone = found.gathering.zone
    rows = polls.tallies(found)
    options = [
        (
            row.option,
            typed.get(f"option-{row.option.pk}")
            or (mine.choices.get(str(row.option.pk)) if mine else "")
            or "",
        )
        for row in rows
    ]
    kept = next((row.option for row in rows if row.option.kept), None)
    values: dict[str, Any] = {
        "poll": found,
        "gathering": found.gathering,
        "open": is_open,
        "closes": found.closes_at.astimezone(ZoneInfo(zone)),
        "options": options,
        "choices": list(polls.CHOICE_NAMES.items()),
        "mine": mine,
        "typed": typed,
        "name": typed.get("name") or (mine.name if mine else me.name if me else ""),
        "email": typed.get("email") or (mine.email if mine else me.email if me else ""),
        "results": rows if mine or not is_open else [],
        "answers": found.answers.count(),
        "kept_slot": kept,
        "kept": "kept" in request.GET,
        "refused": refused,
    }
    return page(request, "pages/poll.html", values, 400 if refused else 200)
