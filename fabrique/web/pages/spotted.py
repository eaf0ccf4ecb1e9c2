"""Where the team notes what others organise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import agenda, spotted
from fabrique.actions.edit import Wrong
from fabrique.web.numbers import whole
from fabrique.web.site import page
from fabrique.web.viewer import require


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """Show the list and its form; note one, or take one out."""
    person = require(request, "house:spotted").person
    assert person is not None  # noqa: S101 - `require` has just seen to it
    values, status, given = {}, 200, request.POST
    if request.method == "POST":
        try:
            if "forget" in given:
                number = given["forget"]
                spotted.forget(whole(number), person)
            else:
                spotted.spot(given, person, timezone.now())
        except Wrong as error:
            values, status = {"wrong": error.fields, "given": given.dict()}, 422
        else:
            return redirect("team-spotted")
    rows = list(agenda.spotted(timezone.now()))
    return page(request, "pages/spotted.html", {"rows": rows, **values}, status=status)
