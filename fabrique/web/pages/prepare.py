"""Prepare: choose a method, make it one's own, get a session to run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from fabrique.actions.access import NoAccess, Role
from fabrique.actions.animate import create_session, facilitator_token
from fabrique.domain.definitions import definition_data, read_definition
from fabrique.domain.language import language
from fabrique.domain.pictures import embed
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid, Name, Text
from fabrique.importers.method import Method
from fabrique.importers.method import methods as all_methods
from fabrique.store.here import kinds
from fabrique.web.forms import Field, edited, fields
from fabrique.web.seats import keep, may_prepare

CHAT = Text("Chat")


class Step(Struct, frozen=True):
    """A step of the form: its kind, its fields, whether it is kept."""

    number: int
    title: str
    name: Name
    fields: tuple[Field, ...]
    kept: bool


@never_cache
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Show the methods to choose from."""
    _check(request)
    return render(request, "pages/methods.html", {"methods": all_methods(kinds()).values()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, method: str) -> HttpResponse:
    """Show a method as a form; once sent, make the session and open its console."""
    _check(request)
    found = all_methods(kinds()).get(method)
    if found is None:
        raise Http404(method)
    steps = [definition_data(one) for one in found.steps[_code()]]
    if request.method != "POST":
        return _form(request, found, steps)
    posted = request.POST.dict()
    steps = [edited(step, posted, n) for n, step in enumerate(steps)]
    try:
        _add_pictures(request, steps)
        head = create_session(_plan(found, steps, posted))
    except Invalid as error:
        return _form(request, found, steps, error)
    response = redirect("console", head.code)
    return keep(response, head, facilitator_token(head.id), Role.FACILITATOR)


def _check(request: HttpRequest) -> None:
    if not may_prepare(request):
        raise NoAccess


def _add_pictures(request: HttpRequest, steps: list[dict[str, Any]]) -> None:
    """Put the pictures that were sent into their steps; raise `Invalid`."""
    for n, step in enumerate(steps):
        if (file := request.FILES.get(f"{n}.picture")) is None:
            continue
        words = request.POST.get(f"{n}.alt", "").strip()
        if not words:
            raise Invalid(Text("Say in words what the picture shows."), f".steps[{n}].image")
        step["image"] = {"src": embed(file.read()), "alt": words}


def _plan(method: Method, steps: list[dict[str, Any]], posted: Mapping[str, str]) -> Plan:
    kept = [(n, step) for n, step in enumerate(steps) if f"keep.{n}" in posted]
    if not kept:
        raise Invalid(Text("Keep one step at least."))
    title = posted.get("title", "").strip()
    if not title:
        raise Invalid(Text("Give the session a title."))
    chat = {"id": "chat", "kind": "chat", "title": language(_code()).say(CHAT)}
    return Plan(
        title=title,
        kind=method.kind,
        language=_code(),
        starts_at=timezone.now(),
        facilitator=posted.get("facilitator", "").strip(),
        introduction=posted.get("introduction", "").replace("\r\n", "\n").strip(),
        steps=tuple(read_definition(step, kinds(), f".steps[{n}]") for n, step in kept),
        beside=(read_definition(chat, kinds()),),
    )


def _form(
    request: HttpRequest,
    method: Method,
    steps: list[dict[str, Any]],
    refusal: Invalid | None = None,
) -> HttpResponse:
    posted = request.POST
    shown = [
        Step(
            number=n,
            title=step["title"],
            name=kinds()[step["kind"]].name,
            fields=tuple(fields(step, n)),
            kept=not posted or f"keep.{n}" in posted,
        )
        for n, step in enumerate(steps)
    ]
    values = {
        "method": method,
        "steps": shown,
        "refusal": refusal,
        "title": posted.get("title") or language(_code()).say(method.name),
        "facilitator": posted.get("facilitator", ""),
        "introduction": posted.get("introduction", ""),
    }
    return render(request, "pages/prepare.html", values, status=400 if refusal else 200)


def _code() -> str:
    return "en" if get_language() == "en" else "fr"
