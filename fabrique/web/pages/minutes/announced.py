"""A recording as a form announces it: a file that will come, or one that is being recorded."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.translation import gettext

from fabrique.actions.minutes.recording import Announced
from fabrique.web.middleware import FORBIDDEN
from fabrique.web.pages.minutes.heard import day_of
from fabrique.web.pages.minutes.moments import moment_of

DIGITS = 15  # of a number of bytes


def announced(given: Mapping[str, str]) -> Announced | None:
    """Read what is announced; None where nothing is. Raises `Invalid`."""
    live = given.get("do") == "record"
    if not live and given.get("do") != "announce":
        return None
    until = given.get("until", "").strip()
    removed = [(0, moment_of(until))] if until and moment_of(until) else []
    return Announced(
        name=gettext("Recorded here") if live else given.get("name", ""),
        size=_size(given.get("size", "")),
        told=given.get("told", ""),
        kept_until=day_of(given.get("kept_until", "")),
        removed=tuple(removed),
        live=live,
    )


def _size(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS else 0


def microphone(response: HttpResponse) -> HttpResponse:
    """Let a page listen, once whoever looks at it said yes to their browser."""
    own = FORBIDDEN.replace("microphone=()", "microphone=(self)")
    response.headers["Permissions-Policy"] = own
    return response
