"""The front door: a code, or a language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from fabrique.web.former import former
from fabrique.web.pages.agenda import next_lines
from fabrique.web.seats import may_prepare, typed
from fabrique.web.viewer import viewer

NEXT = 3  # gatherings


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask for a code; with one, go to its session.

    What was a short link on another site leads to its text.
    """
    if "p" in request.GET or "page_id" in request.GET:
        led = former(request)
        if led is not None:
            return led
    code = typed(request.GET.get("code", ""))
    if code:
        return redirect("session", code)
    looking = viewer(request)
    values = {
        "may_prepare": may_prepare(request),
        "person": looking.person,
        "lines": next_lines(looking, NEXT),
    }
    return render(request, "pages/home.html", values)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language in a cookie of ours, and go back."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, None):
        target = "/"
    response = redirect(target)
    if check_for_language(wanted := request.POST.get("language", "")):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
