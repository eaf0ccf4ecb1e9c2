"""Where a person stands by the text and gives it to its readers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.history import past_of
from fabrique.actions.library.belonging import move_minutes, of_row, settle
from fabrique.actions.minutes import publish as verbs
from fabrique.actions.minutes import review
from fabrique.actions.minutes.ready import check_ready
from fabrique.actions.requests.answer import check_answered
from fabrique.domain.belonging import Belonging
from fabrique.domain.edition import NAMES as STAGES
from fabrique.domain.edition import Stage
from fabrique.domain.licence import LICENCES
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Minutes, Person
from fabrique.web.belonging import belonging_of, choices
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.minutes.heard import heard
from fabrique.web.site import page
from fabrique.web.viewer import viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is left to resolve; validate by name, publish to a tier, take back."""
    found, me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            _act(request, found, me)
            return redirect("minutes-publish", found.pk)
        except Invalid as error:
            refused = error
            found.refresh_from_db()
    values = {
        **shared(found, "publish"),
        **heard(found),
        **_left(found),
        "stage": STAGES[Stage(found.stage)],
        "licences": list(LICENCES.values()),
        "audiences": [(tier.value, NAMES[tier]) for tier in Tier],
        "all": list(found.editions.select_related("by").order_by("-number")),
        "past": list(past_of(found)),
        "named": bool(me.name.strip()),
        "belongs": choices(viewer(request), found, _belongs(request, found, refused)),
        "refused": refused,
        "given": request.POST if refused else _before(found),
    }
    return page(request, "pages/minutes/publish.html", values, 400 if refused else 200)


def _before(found: Minutes) -> dict[str, str]:
    """Give for whom, and under which terms, the last edition was."""
    last = found.editions.order_by("number").last()
    if last is None:
        return {}
    return {"audience": last.audience, "licence": last.content.get("licence", "")}


def _belongs(request: HttpRequest, found: Minutes, refused: Invalid | None) -> Belonging:
    typed = refused is not None and request.POST.get("do") == "belong"
    return belonging_of(request) if typed else of_row(found)


def _left(found: Minutes) -> dict[str, Any]:
    """Say what keeps the text from being validated: a sentence of it, or a reader who waits."""
    try:
        check_ready(found)
    except Invalid as error:
        return {"left": error.text, "unanswered": False}
    try:
        check_answered(found)
    except Invalid as error:
        return {"left": error.text, "unanswered": True}
    return {"left": None}


def _act(request: HttpRequest, found: Minutes, me: Person) -> None:
    now = timezone.now()
    match request.POST.get("do"):
        case "validate":
            if found.stage == Stage.DRAFT:
                review.reviewed(found, me)
            verbs.validate(found, me, now)
        case "publish":
            audience = request.POST.get("audience", "")
            if audience not in set(Tier):
                raise Invalid(Text("Say for whom it is."), "audience")
            words, sound = request.POST.get("note", ""), "sound" in request.POST
            licence = request.POST.get("licence", "")
            if licence not in LICENCES:
                raise Invalid(Text("Choose one of what is offered."), "licence")
            verbs.publish(found, verbs.Terms(Tier(audience), words, sound, licence), me, now)
        case "withdraw":
            verbs.withdraw(found, request.POST.get("why", ""), me, now)
        case "belong":
            wanted = settle(belonging_of(request), viewer(request), found)
            move_minutes(found, wanted, me)
        case _:
            raise Invalid(Text("Choose one of what is offered."))
