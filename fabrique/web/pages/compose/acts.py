"""What is done to a composition: each a POST that leads back to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fabrique.actions.compose import ask, choices, people, repair, shops, versions
from fabrique.actions.compose.ask import Fresh, wanted_of
from fabrique.actions.compose.versions import NO_PLAN, Move
from fabrique.domain.composing import Wanted
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Composition, CompositionVersion, Person
from fabrique.web.form_terms import moment_of
from fabrique.web.numbers import is_whole, whole
from fabrique.web.pages.compose.choice import choosing
from fabrique.web.pages.compose.given import paired, wanted
from fabrique.web.pages.compose.one import found, shown
from fabrique.web.pages.registrations import group_of

UNKNOWN = Text("This button is not here.")
Act = Callable[[HttpRequest, Composition, Person, datetime], object]


@never_cache
@require_POST
def act(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Do it, and show the page again; a refusal says what was kept."""
    composition = found(request, slug, pk)
    _gathering, by, now = group_of(request, slug)
    try:
        acts = {**SHARED, **OWN[composition.kind]}
        acts.get(request.POST.get("do", ""), _unknown)(request, composition, by, now)
    except Invalid as no:
        return shown(request, found(request, slug, pk), no.text)
    there = reverse("composition", args=[slug, pk])
    number = request.POST.get("round", "")
    back = f"?round={whole(number)}" if is_whole(number) else ""
    return redirect(f"{there}{back}")


def _unknown(*_given: object) -> None:
    raise Invalid(UNKNOWN)


def _again(request: HttpRequest, one: Composition, by: Person, now: datetime) -> None:
    """Compute anew with other settings, or another seed where they are the same."""
    before = _basis(one)
    known = people.attributes(one.gathering, people.concerned(one.gathering, wanted_of(before)))
    asked = wanted(request, known, wanted_of(before))
    same = asked == wanted_of(before)
    ask.ask(one, asked, by, now, Fresh(seed=before.seed + 1 if same else before.seed))


def _pair(request: HttpRequest, one: Composition, by: Person, now: datetime) -> None:
    before = wanted_of(_basis(one))
    names = people.concerned(one.gathering, Wanted(who=before.who, pools=before.pools)).names
    asked = paired(before, request.POST, names)
    if asked != before:
        ask.ask(one, asked, by, now)


def _move(request: HttpRequest, one: Composition, by: Person, now: datetime) -> None:
    post = request.POST
    wish = Move(
        number=whole(post.get("round", "")),
        who=post.get("who", ""),
        table=whole(post.get("table", "")),
        onto=post.get("onto") or None,
    )
    versions.move(one, whole(post.get("base", "")), wish, by, now)


def _repair(request: HttpRequest, one: Composition, by: Person, now: datetime) -> None:
    absent, late = (frozenset(request.POST.getlist(name)) for name in ("absent", "late"))
    repair.repair(one, absent, late, by, now)


def _take(request: HttpRequest, one: Composition, by: Person, _now: datetime) -> None:
    row = one.versions.filter(number=whole(request.POST.get("version", ""))).first()
    if row is None:
        raise Invalid(NO_PLAN)
    versions.take(one, row, by)


def _basis(one: Composition) -> CompositionVersion:
    row = one.current or one.versions.order_by("-number").first()
    if row is None:
        raise Invalid(NO_PLAN)
    return row


def _offer(request: HttpRequest, one: Composition, by: Person, _now: datetime) -> None:
    choices.change(one, choosing(request.POST, one.gathering), by)


def _reopen(request: HttpRequest, one: Composition, by: Person, now: datetime) -> None:
    until = moment_of(request.POST.get("until", ""), one.gathering)
    choices.reopen(one, until, by, now)


def _place(request: HttpRequest, one: Composition, by: Person, now: datetime) -> None:
    post = request.POST
    wish = (post.get("who", ""), post.get("slot", ""), post.get("workshop", ""))
    shops.move(one, whole(post.get("base", "")), wish, by, now)


SHARED: Mapping[str, Act] = {
    "take": _take,
    "give-up": lambda _request, one, by, _now: ask.give_up(one, by),
    "show": lambda _request, one, by, _now: versions.show(one, by, shown=True),
    "hide": lambda _request, one, by, _now: versions.show(one, by, shown=False),
}
TABLES: Mapping[str, Act] = {
    "again": _again,
    "pair": _pair,
    "move": _move,
    "repair": _repair,
    "call": lambda request, one, by, _now: versions.call(
        one, whole(request.POST.get("number", "")), by
    ),
}
WORKSHOPS: Mapping[str, Act] = {
    "offer": _offer,
    "close": lambda _request, one, by, now: choices.close(one, by, now),
    "reopen": _reopen,
    "compute": lambda _request, one, by, now: shops.ask(one, by, now),
    "place": _place,
}
OWN = {"tables": TABLES, "workshops": WORKSHOPS}
