"""Pages of the association: who looks is known, and what they may reach stands at the top."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fabrique.actions.policy import allowed
from fabrique.store.models import Gathering
from fabrique.web.viewer import require, viewer


def page(
    request: HttpRequest, template: str, values: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Draw a page of the association."""
    looking = viewer(request)
    own = {"viewer": looking, "manages": allowed(looking, "house:manage")}
    return render(request, template, {**own, **(values or {})}, status=status)


def gathering_of(request: HttpRequest, slug: str, act: str = "gathering:see") -> Gathering:
    """Find a gathering that whoever looks may see, and may do `act` to.

    Raises `Http404` alike for one that is not and for one they may not see, `NoAccess` or
    `SignIn` for an act that is not theirs.
    """
    found = Gathering.objects.select_related("series").filter(slug=slug).first()
    if found is None or not allowed(viewer(request), "gathering:see", found):
        raise Http404(slug)
    if act != "gathering:see":
        require(request, act, found)
    return found
