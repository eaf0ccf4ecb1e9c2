"""What people of a session are told of its recording, and where they object to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.access import NoAccess
from fabrique.actions.minutes import consent as verbs
from fabrique.domain.text import Invalid
from fabrique.store.here import plan_of
from fabrique.store.journal import Head
from fabrique.web.seats import session_of, token_of
from fabrique.web.site import page
from fabrique.web.viewer import viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recorded(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is recorded, why and until when; take an objection, or take one back."""
    head = session_of(request, code)
    who = _who(request, head)
    own = verbs.own_of(head.code, who.person, who.participant)
    refused = None
    if request.method == "POST":
        try:
            _act(request, head, who)
            return redirect("recorded", head.code)
        except Invalid as error:
            refused = error
    values = {
        "head": head,
        "plan": plan_of(head),
        "notice": verbs.notice_of(head.code),
        "until": verbs.recorded_until(head.code),
        "who": who,
        "own": own,
        "refused": refused,
        "given": request.POST if refused else {},
    }
    return page(request, "pages/recorded.html", values, 400 if refused else 200)


def _who(request: HttpRequest, head: Head) -> verbs.Objector:
    """Give who asks: a seat of this session, else an account. Raises `NoAccess`."""
    try:
        _, seat = token_of(request, head, "screen:phone")
    except NoAccess:
        seat = None
    if seat and seat.participant:
        return verbs.Objector(seat.name, participant=seat.participant)
    person = viewer(request).person
    if person is None:
        raise NoAccess
    return verbs.Objector(person.name, person)


def _act(request: HttpRequest, head: Head, who: verbs.Objector) -> None:
    given, now = request.POST, timezone.now()
    if given.get("do") == "back":
        own = verbs.own_of(head.code, who.person, who.participant)
        verbs.take_back(own, given.get("objection", ""), now)
        return
    named = verbs.Objector(given.get("name", ""), who.person, who.participant)
    verbs.objected(head.code, named, given.get("words", ""), now)
