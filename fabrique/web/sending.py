"""Who holds a link: the secret of a browser, kept under the address of that link alone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fabrique.actions.minutes import links
from fabrique.store.models import RecordingLink

SENDING = "sending"


def holder(request: HttpRequest, secret: str) -> RecordingLink:
    """Give the link that this browser holds; raise `NoAccess`."""
    return links.held(secret, request.COOKIES.get(SENDING, ""), timezone.now())


def hold(response: HttpResponse, secret: str, own: str) -> HttpResponse:
    """Keep in this browser that it holds a link."""
    response.set_cookie(
        SENDING,
        own,
        max_age=links.MOST_DAYS * 24 * 3600,
        path=f"/send/{secret}/",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
