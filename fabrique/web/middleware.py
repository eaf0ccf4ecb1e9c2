"""What every answer carries, whoever asks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fabrique.actions.access import NoAccess
from fabrique.web.pages.errors import mistake
from fabrique.web.policy import policy
from fabrique.web.seats import TooMany

Answer = Callable[[HttpRequest], HttpResponse]

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

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say in a page what a view refused by raising."""
        status = next((status for kind, status in REFUSALS.items() if isinstance(error, kind)), 0)
        return mistake(request, status) if status else None


REFUSALS: dict[type[Exception], int] = {NoAccess: 403, TooMany: 429}
HEADERS = {
    "Content-Security-Policy": policy(),
    "Permissions-Policy": FORBIDDEN,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
