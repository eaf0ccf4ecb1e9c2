"""The door on a phone: names and big buttons; what was ticked offline is sent when it can be."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from fabrique.actions import seats
from fabrique.actions.access import NoAccess
from fabrique.actions.registration_letters import read_badge
from fabrique.domain.language import language
from fabrique.domain.seat import NAMES, SEATED, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Person, Pool, Registration
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import require, viewer

ACT = "gathering:registrations"
SHOWN = SEATED | {Seat.OFFERED, Seat.WAITING}
NEEDS = "access"  # the question of the form whose answer whoever welcomes has to know
MOST = 500  # acts in one go
UNREADABLE = Text("This could not be read: nothing was changed.")


class Done(Struct):
    """One act of a phone, as it sends it."""

    id: UUID
    act: str
    who: UUID
    at: datetime
    name: str = ""
    order: int = 0  # among those of one moment; for the phone alone


class Door(Struct, frozen=True):
    """Where somebody stands: before the whole gathering, or before one antenna alone."""

    gathering: Gathering
    by: Person
    only: Pool | None = None

    def address(self, part: str = "") -> str:
        """Give the address of the door, or of one of its parts."""
        if self.only is None:
            return reverse(f"checkin{part}", args=[self.gathering.slug])
        return reverse(f"antenna-door{part}", args=[self.gathering.slug, self.only.pk])

    def check(self, act: seats.Act) -> Registration:
        """Do what was done here; raise `Invalid`."""
        return seats.check(self.gathering, act, timezone.now(), self.by, self.only)

    def awaited(self) -> list[Registration]:
        """Give who is awaited here, by name."""
        rows = self.gathering.registrations.filter(state__in=sorted(SHOWN), main=True)
        if self.only is not None:
            rows = rows.filter(pool=self.only)
        found = rows.select_related("pool")
        return sorted(found, key=lambda row: (row.name.casefold(), str(row.pk)))


def _door(request: HttpRequest, slug: str, number: int | None) -> Door:
    gathering = gathering_of(request, slug, "gathering:see" if number else ACT)
    only = None
    if number:
        only = gathering.pools.select_related("gathering").filter(pk=number).first()
        if only is None:
            raise Http404(slug)
        require(request, "antenna:host", only)
    person = viewer(request).person
    assert person is not None  # noqa: S101 - the policy said so
    return Door(gathering, person, only)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Show who is awaited; without a script, tick one by a form."""
    here, refusal = _door(request, slug, number), None
    if request.method == "POST":
        try:
            here.check(_typed(request))
        except Invalid as error:
            refusal = error.text
        else:
            return redirect(here.address())
    found = here.awaited()
    values = {
        "gathering": here.gathering,
        "only": here.only,
        "sync": here.address("-sync"),
        "rows": [(row, NAMES[Seat(row.state)], _needs(here, row)) for row in found],
        "came": sum(row.state == Seat.ATTENDED for row in found),
        "awaited": sum(row.state in SEATED for row in found),
        "refusal": refusal,
    }
    return page(request, "pages/checkin.html", values, 409 if refusal else 200)


def _needs(here: Door, row: Registration) -> str:
    """Give what somebody needs to take part, for whoever welcomes them at an antenna."""
    return str(row.answers.get(NEEDS, {}).get("text", "")) if here.only else ""


def _typed(request: HttpRequest) -> seats.Act:
    post, now = request.POST, timezone.now()
    act = post.get("act", "")
    try:
        who = uuid4() if act == "walk-in" else UUID(post.get("who", ""))
    except ValueError:
        raise Invalid(UNREADABLE) from None
    return _known(Done(uuid4(), act, who, now, post.get("name", "")))


def _known(done: Done) -> seats.Act:
    if done.act not in ("in", "out", "walk-in") or done.at.tzinfo is None:
        raise Invalid(UNREADABLE)
    return seats.Act(done.id, done.act, done.who, done.at, done.name)


@never_cache
@require_POST
def sync(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Take what a phone ticked, each act once; answer with how things stand for all phones."""
    here = _door(request, slug, number)
    said = language(get_language() or "fr").say
    try:
        acts = msgspec.json.decode(request.body, type=list[Done])
    except (msgspec.ValidationError, msgspec.DecodeError):
        return JsonResponse({"error": said(UNREADABLE)}, status=400)
    replies: list[dict[str, Any]] = []
    for one in acts[:MOST]:
        try:
            here.check(_known(one))
            replies.append({"id": str(one.id), "ok": True})
        except Invalid as error:
            replies.append({"id": str(one.id), "ok": False, "text": said(error.text)})
    people = [
        {"who": str(row.pk), "name": row.name, "state": row.state, "pool": row.pool.title}
        for row in here.awaited()
    ]
    return JsonResponse({"replies": replies, "people": people})


@never_cache
@require_safe
def badge(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show whose badge it is, and the button that ticks them."""
    gathering = _door(request, slug, None).gathering
    try:
        pk = read_badge(token)
    except NoAccess:
        raise Http404(slug) from None
    row = gathering.registrations.select_related("pool").filter(pk=pk).first()
    if row is None:
        raise Http404(slug)
    values = {"gathering": gathering, "row": row, "said": NAMES[Seat(row.state)]}
    return page(request, "pages/checkin-badge.html", values)
