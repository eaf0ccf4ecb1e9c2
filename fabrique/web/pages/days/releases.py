"""Release: what would change, who would be written to; then it is done, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.programme import draft, releases
from fabrique.domain.clashes import clashes, sentence
from fabrique.domain.text import Invalid
from fabrique.web.pages.days.fields import tongue
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of, page

LONGEST = 500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the difference with the last release and the letters it makes; release."""
    gathering = gathering_of(request, slug, "programme:edit")
    refused = None
    if request.method == "POST":
        note = " ".join(request.POST.get("note", "").split())[:LONGEST]
        try:
            releases.release(gathering, note, person_of(request), timezone.now())
            return redirect("programme-versions", slug)
        except Invalid as error:
            refused = error
    whole, found = releases.coming(gathering)
    waiting = draft.draft(gathering).waiting
    values = {
        "gathering": gathering,
        "last": releases.current(gathering),
        "changes": releases.said_of(found, whole, tongue()),
        "people": releases.concerned(gathering, found, timezone.localdate()),
        "warnings": [sentence(one, whole, tongue()) for one in clashes(whole)],
        "waiting": waiting,
        "refused": refused,
    }
    return page(request, "pages/days/release.html", values, status=400 if refused else 200)
