"""Organise: what is due next, the checklist of one gathering, its group, its room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from fabrique.actions import checklist, shape
from fabrique.actions.access import Role
from fabrique.actions.animate import facilitator_token, find_session
from fabrique.actions.checklist import Step
from fabrique.domain.checklist import DOCUMENT, PHASES, PREPARE, STATE_NAMES
from fabrique.domain.gathering import NAMES, State
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Organiser
from fabrique.web.led import ROOMS, page_of, tool_of
from fabrique.web.numbers import whole
from fabrique.web.pages.propose import person_of
from fabrique.web.seats import keep
from fabrique.web.site import gathering_of, page

GONE = (State.CANCELLED.value, State.DECLINED.value)
SHOWN = 50
FAR = date.max


class Mine(Struct, frozen=True):
    """A gathering of mine, as the list shows it."""

    gathering: Gathering
    state: Any
    next: Step | None
    over: int
    steps: int
    path: str


class Row(Struct, frozen=True):
    """A step of a checklist, and where it is done: the path of a page, or a screen of the room."""

    step: Step
    tool: str
    room: str


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what one organises, what is due first at the top."""
    me = person_of(request, "gathering:propose")
    rows = Gathering.objects.filter(organisers__person=me).exclude(state__in=GONE)
    found = list(rows.select_related("preparation").order_by("-created_at")[:SHOWN])
    now = timezone.now()
    every = checklist.all_steps(found, now)
    shown = [_mine(one, every[one.pk]) for one in found]
    shown.sort(key=lambda one: (one.next is None, (one.next and one.next.due) or FAR))
    return page(request, "pages/organise-mine.html", {"rows": shown})


def _mine(one: Gathering, steps: list[Step]) -> Mine:
    left = [step for step in steps if not step.over]
    first = min(left, key=lambda step: step.due or FAR) if left else None
    over = len(steps) - len(left)
    return Mine(one, NAMES[State(one.state)], first, over, len(steps), page_of(one))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the checklist of a gathering; tick a step, add one."""
    found = gathering_of(request, slug, "gathering:organise")
    me = person_of(request, "gathering:organise", found)
    if request.method != "POST":
        return _checklist(request, found)
    given = request.POST
    try:
        if "layout" in given:
            shape.begin(found, me)
            anchor = "add"
        elif "add" in given:
            checklist.add(found, given.get("title", ""), given.get("phase", ""), me)
            anchor = "add"
        else:
            anchor = given.get("step", "")
            values = {key: given[key] for key in ("state", "owner", "due") if key in given}
            if "to" in given:  # a button of the row says the state at once
                values = {"state": given["to"]}
            checklist.tick(found, whole(anchor), values, me)
    except Invalid as error:
        return _checklist(request, found, error)
    response = redirect("organise-one", slug)
    response["Location"] += f"#step-{anchor}"
    return response


def _checklist(
    request: HttpRequest, found: Gathering, refused: Invalid | None = None
) -> HttpResponse:
    steps = checklist.steps(found, timezone.now())
    group = Organiser.objects.filter(gathering=found).select_related("person").order_by("since")
    left = [step for step in steps if not step.over]
    rows = [Row(step, tool_of(found, step.key), _room(found, step.key)) for step in steps]
    values = {
        "gathering": found,
        "state": NAMES[State(found.state)],
        "path": page_of(found),
        "phases": [
            (phase, PHASES[phase], [row for row in rows if row.step.phase == phase])
            for phase in (PREPARE, DOCUMENT)
        ],
        "states": list(STATE_NAMES.items()),
        "group": list(group),
        "next": min(left, key=lambda step: step.due or FAR) if left else None,
        "over": len(steps) - len(left),
        "all": len(steps),
        "refused": refused,
        "waits": found.state in (State.DRAFT.value, State.PROPOSED.value),
    }
    return page(request, "pages/organise.html", values, 400 if refused else 200)


def _room(found: Gathering, key: str) -> str:
    return ROOMS.get(key, "") if found.session else ""


@never_cache
@require_POST
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """Give this browser the console, or the running order, of a gathering's session."""
    found = gathering_of(request, slug, "gathering:host")
    wanted = request.POST.get("page", "console")
    if not found.session or wanted not in ROOMS.values():
        raise Http404(slug)
    try:
        head = find_session(found.session)
    except Invalid:
        raise Http404(slug) from None
    response = redirect(wanted, head.code)
    response.status_code = 303
    return keep(response, head, facilitator_token(head.id), Role.FACILITATOR)
