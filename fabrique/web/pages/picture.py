"""The pictures of a session: each fetched once by whoever has a seat, then kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fabrique.actions.access import NoAccess
from fabrique.domain.definitions import plan_data
from fabrique.domain.pictures import embedded, mark
from fabrique.store.here import plan_of
from fabrique.store.journal import Head
from fabrique.web.seats import session_of, token_of

TYPES = {"png": "image/png", "jpg": "image/jpeg"}
SCREENS = ("screen:phone", "screen:stage", "screen:console")


@require_safe
def show(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Give a picture by its name, which changes when it does."""
    head = session_of(request, code)
    _check(request, head)
    for src in _sources(plan_data(plan_of(head))):
        if mark(src) == name and (found := embedded(src)):
            response = HttpResponse(found[1], content_type=TYPES[found[0]])
            response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
            return response
    raise Http404(name)


def _check(request: HttpRequest, head: Head) -> None:
    for screen in SCREENS:
        try:
            token_of(request, head, screen)
        except NoAccess:
            continue
        return
    raise NoAccess


def _sources(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(src := data.get("src"), str):
            yield src
        yield from (src for value in data.values() for src in _sources(value))
    elif isinstance(data, list):
        yield from (src for value in data for src in _sources(value))
