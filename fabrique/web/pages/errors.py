"""What went wrong, what was kept, what to do: in the reader's language, never a stack trace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fabrique.domain.text import Text
from fabrique.web.former import former

MISTAKES = {
    400: (
        Text("This request could not be read."),
        Text("Nothing was changed. Go back and try again."),
    ),
    403: (
        Text("This page is not open to you."),
        Text(
            "A link may have been used already, or a seat may be too old. Nothing was changed:"
            " ask whoever runs the session for a new link, or join with the code."
        ),
    ),
    404: (
        Text("There is nothing at this address."),
        Text("A code may be mistyped, or its session gone. Check the code and try again."),
    ),
    408: (
        Text("The request took too long to arrive."),
        Text(
            "Nothing was changed. Go back: what you wrote is still there. Try again on a better"
            " line, or with fewer pictures."
        ),
    ),
    413: (
        Text("This is too heavy to be sent."),
        Text(
            "Nothing was changed. Go back: what you wrote is still there. A form carries 1 MB at"
            " most, all pictures together: choose smaller pictures, or fewer, and send it again."
        ),
    ),
    429: (
        Text("Too many wrong codes came from this network."),
        Text(
            "Wait a quarter of an hour, or join through another network:"
            " a phone’s own, for instance."
        ),
    ),
    500: (
        Text("Something broke on our side."),
        Text(
            "What was acknowledged is kept. Try again in a moment; what a phone has not yet sent"
            " stays on it."
        ),
    ),
    503: (
        Text("This could not be kept just now."),
        Text(
            "Nothing of what you sent was kept. Go back: what you wrote is still there. Try again"
            " in a moment; if it lasts, tell whoever runs this house that its disk may be full."
        ),
    ),
}


def mistake(request: HttpRequest, status: int) -> HttpResponse:
    """Draw the page of an error."""
    what, then = MISTAKES[status]
    values = {"what": what, "then": then, "status": status}
    return render(request, "pages/error.html", values, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return mistake(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return mistake(request, 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose CSRF token does not match."""
    return mistake(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, unless a text was at this address before it came here."""
    return former(request) or mistake(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return mistake(request, 500)
