"""Ask to join the association; the team reads the requests and answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.joining import LONGEST, accept, ask, decline
from fabrique.domain.text import Invalid
from fabrique.store.models import Application
from fabrique.web.asked import number
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require

ANSWERED = 30  # earlier requests shown


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the form, or where one's request stands."""
    looking = require(request, "association:join")
    person = looking.person
    assert person is not None  # noqa: S101 - the policy has said so
    refused = None
    if request.method == "POST":
        try:
            ask(person, request.POST.get("words", ""), timezone.now())
        except Invalid as error:
            refused = error
        else:
            return redirect("join-association")
    last = person.applications.order_by("-id").first()
    words = request.POST.get("words", "")
    values: dict[str, Any] = {"last": last, "tier": looking.tier, "most": LONGEST}
    values |= {"refused": refused, "words": words}
    return drawn(request, "pages/join-association.html", values, status=400 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests that wait, and answer them."""
    looking = require(request, "house:manage")
    assert looking.person is not None  # noqa: S101 - the policy has said so
    if request.method == "POST":
        asked = request.POST.get("accept") or request.POST.get("decline") or ""
        row = Application.objects.select_related("person").filter(pk=number(asked)).first()
        if row is None:
            raise Http404
        words, now = request.POST.get(f"answer-{row.pk}", ""), timezone.now()
        if "accept" in request.POST:
            accept(row, words, looking.person, now, looking.today)
        else:
            decline(row, words, looking.person, now)
        return redirect("team-requests")
    rows = Application.objects.select_related("person__structure", "answered_by").order_by("-id")
    values = {
        "waiting": list(rows.filter(state="asked")),
        "answered": list(rows.exclude(state="asked")[:ANSWERED]),
    }
    return drawn(request, "pages/team-requests.html", values)
