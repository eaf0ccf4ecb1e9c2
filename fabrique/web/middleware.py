"""What every answer carries, whoever asks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fabrique.actions.access import NoAccess
from fabrique.web.pages.errors import mistake
from fabrique.web.policy import policy
from fabrique.web.seats import Elsewhere, TooMany
from fabrique.web.unkept import unkept
from fabrique.web.viewer import SignIn

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

REFUSED = "refused"  # the key of an ASGI scope whose body was not read: the status to answer
FORBIDDEN = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class Headers:
    """Security headers on every answer, pages for refusals; a page may set its own policy."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add what is not there yet."""
        response = self._answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Say in a page why a request was refused before it came here."""
        status = request.META.get("asgi.scope", {}).get(REFUSED)
        return mistake(request, status) if status else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say in a page what a view refused by raising; lead to a code as we write it."""
        if isinstance(error, Elsewhere):
            return _led(request, error.code)
        if isinstance(error, SignIn):
            return _signing_in(request)
        if unkept(error):
            log.error("Could not keep what a page was sent: %s", error)  # no trace helps
            return mistake(request, HTTPStatus.SERVICE_UNAVAILABLE)
        status = next((status for kind, status in REFUSALS.items() if isinstance(error, kind)), 0)
        return mistake(request, status) if status else None


def _led(request: HttpRequest, code: str) -> HttpResponse:
    match = request.resolver_match
    assert match is not None  # noqa: S101 - a view raised, so there was one
    address = reverse(match.view_name, kwargs={**match.kwargs, "code": code})
    query = request.META.get("QUERY_STRING", "")
    target = f"{address}?{query}" if query else address
    # The method and the form go along: a lower-case link in a mail may lead to a POST.
    return redirect(target, permanent=True, preserve_request=True)


def _signing_in(request: HttpRequest) -> HttpResponse:
    """Lead to signing in, and back here afterwards; what was sent by a form is not sent again."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")


REFUSALS: dict[type[Exception], int] = {NoAccess: 403, TooMany: 429}
HEADERS = {
    "Content-Security-Policy": policy(),
    "Permissions-Policy": FORBIDDEN,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
