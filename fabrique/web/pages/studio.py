"""The editor of a running order, what its steps will look like, and the file it can become."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from msgspec import structs

from fabrique.actions.animate import export_running_order
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.language import language
from fabrique.domain.lines import Opened
from fabrique.domain.plan import Plan
from fabrique.domain.registry import discover
from fabrique.domain.session import Session, fold
from fabrique.domain.text import Name, Text
from fabrique.live.screens import Figures, parts
from fabrique.store.here import kinds, plan_of
from fabrique.web.policy import policy
from fabrique.web.render import render as draw
from fabrique.web.screens import join_address, own_files, qr
from fabrique.web.seats import session_of, token_of
from fabrique.web.words import STUDIO, sentences

PREVIEWED = ("phone", "stage")


@never_cache
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the editor to a facilitator; what is on it comes from the hub."""
    head = session_of(request, code)
    token, _ = token_of(request, head, "screen:prepare")
    values = {
        "head": head,
        "plan": plan_of(head),
        "token": token,
        "words": sentences(_code(), STUDIO),
        "address": join_address(head),
        "qr": qr(join_address(head)),
        "menu": kinds().values(),
        "starters": {"steps": _starters(kinds()), "things": _starters(_questions())},
    }
    response = render(request, "pages/prepare.html", values)
    response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
    return response


@never_cache
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Show a step as a screen will when it opens, before anybody answers; nothing can be done."""
    head = session_of(request, code)
    token_of(request, head, "screen:prepare")
    plan, screen = plan_of(head), request.GET.get("screen")
    step = request.GET.get("step", "")
    if plan.step(step) is None or screen not in PREVIEWED:
        raise Http404
    drawn = _drawn(plan, step, screen)
    values = {
        "head": head,
        "screen": screen,
        "focus": "beside" if drawn["beside"] else "now",
        "parts": drawn,
        "styles": own_files(plan, "css"),
        "host": urlsplit(settings.PUBLIC_URL).netloc,
        "qr": qr(join_address(head)) if screen == "stage" else "",
    }
    response = render(request, "pages/preview.html", values)
    response.headers["Content-Security-Policy"] = policy(
        frame_ancestors="'self'", script_src="'none'"
    )
    return response


@never_cache
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Give the running order as a file that any Fabrique can start from."""
    head = session_of(request, code)
    token_of(request, head, "export")
    response = HttpResponse(export_running_order(head), content_type="application/json")
    name = f"{head.code}-running-order.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _drawn(plan: Plan, step: str, screen: str) -> dict[str, SafeString]:
    """Draw the fragments of a screen by the place that holds them, a run being just opened."""
    session = Session(structs.replace(plan, notice=""))
    definition = plan.step(step)
    opened = Opened(definition_data(definition))  # type: ignore[arg-type] # it is there
    line = Entry(1, timezone.now(), FACILITATOR, "preview", "r1", "session.opened", 1, opened)
    fold(session, [line], kinds())
    places: defaultdict[str, str] = defaultdict(str)
    for part in parts(session, kinds(), screen, {}, Figures()):
        key = part.within or part.key.replace("-", "_")
        places[key] += draw(part.kind, part.partial, part.view, _code(), part)
    names = ("session_head", "session_foot", "now", "beside")
    return {name: mark_safe(places[name]) for name in names}  # noqa: S308 - drawn by our templates


def _starters(family: Any) -> dict[str, Any]:
    """Give what a new step, or question, of each kind starts from, in the reader's language."""
    return {
        name: {"kind": name, "title": _said(kind.name), **_said(_starter(kind))}
        for name, kind in family.items()
    }


def _starter(kind: Any) -> dict[str, Any]:
    return dict(getattr(kind, "starter", None) or kind.example)


def _said(data: Any) -> Any:
    if isinstance(data, Name | Text):
        return language(_code()).say(data)
    if isinstance(data, dict):
        return {key: _said(value) for key, value in data.items()}
    return [_said(one) for one in data] if isinstance(data, list | tuple) else data


def _questions() -> dict[str, Any]:
    return discover("fabrique.questions")


def _code() -> str:
    return "en" if get_language() == "en" else "fr"
