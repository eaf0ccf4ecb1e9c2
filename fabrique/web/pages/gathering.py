"""The page of a gathering, for whoever may see it, in each of its states."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fabrique.actions import interest
from fabrique.actions.calls import open_now
from fabrique.actions.news import address_of, news_of, when_of
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.video import joining
from fabrique.domain.gathering import PUBLIC, State
from fabrique.domain.text import Invalid
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Call, Gathering, Interest
from fabrique.web.register_box import Box, register_box
from fabrique.web.schema import event
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

MEANT = "meant"  # the cookie by which a browser without an account knows its answer again
KEPT = 365 * 24 * 3600
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@never_cache
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it."""
    return drawn(request, gathering_of(request, slug))


@never_cache
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Take “I am coming, perhaps, no”, or take it back."""
    gathering = gathering_of(request, slug)
    looking, given = viewer(request), request.POST
    back = redirect("gathering", slug)
    if given.get("answer") == "none":
        row = own_answer(request, gathering, looking)
        if row is not None:
            interest.take_back(gathering, row)
        back.delete_cookie(MEANT, path=request.path.rpartition("interest")[0])
        return back
    if given.get("nickname"):  # nobody sees this field: whoever fills it in is no person
        return back
    who = {"name": given.get("name", ""), "email": given.get("email", "")}
    try:
        row = interest.answer(
            gathering, given.get("answer", ""), timezone.now(), **who, person=looking.person
        )
    except Invalid as error:
        return drawn(request, gathering, {"refused": error, "given": who}, status=422)
    if looking.person is None and row.person_id is None:
        back.set_signed_cookie(
            MEANT,
            str(row.pk),
            salt=str(gathering.pk),
            max_age=KEPT,
            path=request.path.rpartition("interest")[0],
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return back


def drawn(
    request: HttpRequest,
    gathering: Gathering,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page; `more` is what a form on it has to say."""
    looking, state = viewer(request), State(gathering.state)
    organises = allowed(looking, "gathering:organise", gathering)
    joins = allowed(looking, "gathering:join", gathering)
    asks = state is State.ANNOUNCED
    audience = Tier(gathering.audience)
    values = {
        "gathering": gathering,
        "state": state.value,
        "is_public": state in PUBLIC,
        "when": when_of(gathering),
        "is_over": is_over(gathering),
        "audience": None if audience is Tier.GUEST else NAMES[audience],
        "organises": organises,
        "joins": joins,
        "gauge": interest.gauge(gathering) if asks or organises else None,
        "own": own_answer(request, gathering, looking) if asks else None,
        "box": _box(looking, gathering),
        "video": joining(gathering) if joins else "",
        "programme": gathering.versions.exists(),
        "calls": _calls(gathering),
        "address": address_of(gathering),
        "structured": structured(gathering),
        **(more or {}),
    }
    return page(request, "pages/gathering.html", values, status=status)


def _box(looking: Viewer, gathering: Gathering) -> Box | None:
    if gathering.state != State.PUBLISHED or not gathering.pools.exists():
        return None
    return register_box(looking, gathering, timezone.now())


def _calls(gathering: Gathering) -> bool:
    found = Call.objects.filter(gathering=gathering).first()
    return found is not None and open_now(found, timezone.now())


def is_over(gathering: Gathering) -> bool:
    """Whether its date is past."""
    when = when_of(gathering)
    return when is not None and when.is_over(timezone.now())


def own_answer(request: HttpRequest, gathering: Gathering, looking: Viewer) -> Interest | None:
    """Find what whoever looks has answered: by their account, else by their browser."""
    rows = Interest.objects.filter(gathering=gathering)
    if looking.person is not None:
        return rows.filter(person=looking.person).first()
    try:
        number = request.get_signed_cookie(MEANT, "0", salt=str(gathering.pk))
    except BadSignature:
        return None
    return rows.filter(pk=int(number or 0), person=None).first()


def structured(gathering: Gathering) -> SafeString | None:
    """Give what search engines read: of what everybody may see alone."""
    public = State(gathering.state) in PUBLIC and gathering.audience == Tier.GUEST
    if not public or gathering.starts_at is None:
        return None
    written = json.dumps(event(news_of(gathering)), ensure_ascii=False)
    return mark_safe(written.translate(ESCAPES))  # noqa: S308 - no sign of markup is left in it
