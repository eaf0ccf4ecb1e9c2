"""Choose what to start from — a method, nothing, a past session, a file —, and have a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct, structs

from fabrique.actions.access import NoAccess, Role
from fabrique.actions.animate import (
    copy_session,
    create_session,
    facilitator_token,
    find_session,
    import_running_order,
)
from fabrique.domain.definitions import read_definition
from fabrique.domain.language import language
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid, Text
from fabrique.importers.method import methods as all_methods
from fabrique.store.here import here, kinds, plan_of
from fabrique.store.journal import Head
from fabrique.web.seats import keep, may

CHAT = Text("Chat")
BLANK = Text("New session")
PAST = 50  # sessions listed
NO_FILE = Text("Choose a file first.")


class Past(Struct, frozen=True):
    """A session of the house, as the list shows it."""

    code: str
    title: str
    created_at: datetime
    over: bool
    imported: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def methods(request: HttpRequest) -> HttpResponse:
    """Show what to start from; once chosen, make the session and open its editor."""
    if not may(request, "prepare"):
        raise NoAccess
    if request.method != "POST":
        return _choices(request)
    start = next((START[name] for name in START if name in request.POST), None)
    if start is None:
        raise Http404
    try:
        return start(request)
    except Invalid as error:
        return _choices(request, error)


def _choices(request: HttpRequest, refused: Invalid | None = None) -> HttpResponse:
    values = {
        "methods": all_methods(kinds()).values(),
        "past": [_past(head) for head in here().sessions(PAST)],
        "refused": refused,
    }
    return render(request, "pages/methods.html", values, status=400 if refused else 200)


def _past(head: Head) -> Past:
    try:
        title = plan_of(head).title
    except Invalid:  # prepared by a house that has other kinds
        title = head.code
    return Past(
        head.code, title, head.created_at, head.ended_at is not None, head.fingerprint is not None
    )


def _method(request: HttpRequest) -> HttpResponse:
    found = all_methods(kinds()).get(request.POST["method"])
    if found is None:
        raise Http404
    plan = _plan(language(_code()).say(found.name), found.kind)
    return _opened(create_session(structs.replace(plan, steps=found.steps[_code()])))


def _blank(_request: HttpRequest) -> HttpResponse:
    return _opened(create_session(_plan(language(_code()).say(BLANK), "session")))


def _copy(request: HttpRequest) -> HttpResponse:
    return _opened(copy_session(find_session(request.POST["copy"])))


def _import(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(NO_FILE)
    return _opened(import_running_order(file.read()))


def _lead(request: HttpRequest) -> HttpResponse:
    if not may(request, "lead"):
        raise NoAccess
    return _opened(find_session(request.POST["lead"]), "console")


START: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "method": _method,
    "blank": _blank,
    "copy": _copy,
    "import": _import,
    "lead": _lead,
}


def _opened(head: Head, page: str = "studio") -> HttpResponse:
    """Give this browser the console of a session, and go to one of its pages."""
    response = redirect(page, head.code)
    response.status_code = 303
    return keep(response, head, facilitator_token(head.id), Role.FACILITATOR)


def _plan(title: str, kind: str) -> Plan:
    chat = {"id": "chat", "kind": "chat", "title": language(_code()).say(CHAT)}
    return Plan(
        title=title,
        kind=kind,
        language=_code(),
        starts_at=timezone.now(),
        timezone=settings.TIME_ZONE,
        beside=(read_definition(chat, kinds()),),
    )


def _code() -> str:
    return "en" if get_language() == "en" else "fr"
