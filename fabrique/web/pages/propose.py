"""Propose: one of two lanes, a draft that is never lost, others to organise it with."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import invitations, organise, propose, shape, slots
from fabrique.actions.policy import allowed
from fabrique.domain.checklist import DOCUMENT, LANE_ABOUT, LANE_NAMES, LANES, PREPARE
from fabrique.domain.gathering import NAMES, State
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES as TIERS
from fabrique.importers.gathering import formats
from fabrique.store.models import Gathering, Person
from fabrique.web.numbers import whole
from fabrique.web.site import page
from fabrique.web.viewer import require, viewer

MODES = {
    "remote": Text("at a distance"),
    "site": Text("on site"),
    "hybrid": Text("on site and at a distance"),
}
SLOTS = 8  # free ones shown on a draft
CONFLICT = 409
PAGES = {"group": "organise-group", "checklist": "organise-one"}


def person_of(request: HttpRequest, act: str, about: Gathering | None = None) -> Person:
    """Give who is signed in and may do `act`."""
    found = require(request, act, about).person
    assert found is not None  # noqa: S101 - no rule asked here grants nobody anything
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show the two lanes and one's drafts; begin one."""
    me = person_of(request, "gathering:propose")
    refused = None
    if request.method == "POST":
        try:
            made = propose.start(request.POST.get("lane", ""), me, timezone.now())
        except Invalid as error:
            refused = error
        else:
            return redirect("draft", made.pk)
    mine = Gathering.objects.filter(
        organisers__person=me,
        state__in=(State.DRAFT.value, State.PROPOSED.value, State.DECLINED.value),
    )
    lanes = [
        {"key": key, "name": LANE_NAMES[key], "about": LANE_ABOUT[key], **_phases(key)}
        for key in LANES
    ]
    drafts = [(one, NAMES[State(one.state)]) for one in mine.order_by("-created_at")[:100]]
    values = {"lanes": lanes, "drafts": drafts, "refused": refused}
    return page(request, "pages/propose.html", values, 400 if refused else 200)


def _phases(lane: str) -> dict[str, object]:
    steps = LANES[lane]
    return {phase: [one for one in steps if one.phase == phase] for phase in (PREPARE, DOCUMENT)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a draft to its group; save it, propose it, throw it away."""
    found = Gathering.objects.select_related("preparation").filter(pk=pk).first()
    if found is None or not allowed(viewer(request), "gathering:see", found):
        if viewer(request).person is None:
            require(request, "gathering:propose")
        raise Http404(str(pk))
    me = person_of(request, "gathering:draft", found)
    if request.method != "POST":
        return _drawn(request, found, propose.said(found))
    if "throw" in request.POST:
        return _thrown(request, found, me)
    if "again" in request.POST:
        propose.reopen(found, me)
        return redirect("draft", found.pk)
    return _saved(request, found, me)


@never_cache
@require_safe
def led(request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """Lead from a mail to a page of a gathering, whose address follows its title meanwhile."""
    require(request, "gathering:propose")
    found = Gathering.objects.filter(pk=pk).first()
    if found is None or to not in PAGES or not allowed(viewer(request), "gathering:see", found):
        raise Http404(str(pk))
    return redirect(PAGES[to], found.slug)


def _saved(request: HttpRequest, found: Gathering, me: Person) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in propose.said(found)}
    version = request.POST.get("version", "")
    by_script = request.headers.get("accept") == "application/json"
    try:
        kept = propose.save(found, typed, whole(version, -1), me)
        if "propose" in request.POST:
            propose.propose(found, me, timezone.now())
    except propose.Stale as stale:
        if by_script:
            return JsonResponse({"stale": True}, status=CONFLICT)
        return _drawn(request, found, typed, stale=stale.saved)
    except Invalid as error:
        if by_script:
            return JsonResponse({"refused": True}, status=400)
        return _drawn(request, found, typed, refused=error)
    if by_script:
        return JsonResponse({"version": kept})
    return redirect(f"{reverse('draft', args=[found.pk])}?kept=1")


def _thrown(request: HttpRequest, found: Gathering, me: Person) -> HttpResponse:
    try:
        propose.throw_away(found, me)
    except Invalid as error:
        return _drawn(request, found, propose.said(found), refused=error)
    return redirect("propose")


def _drawn(
    request: HttpRequest,
    found: Gathering,
    typed: dict[str, str],
    *,
    refused: Invalid | None = None,
    stale: dict[str, str] | None = None,
) -> HttpResponse:
    preparation = shape.preparation_of(found)
    lane = LANES[found.lane]
    values = {
        "gathering": found,
        "preparation": preparation,
        "typed": typed,
        "stale": {k: v for k, v in (stale or {}).items() if v != typed.get(k)},
        "refused": refused,
        "kept": "kept" in request.GET,
        "lane": LANE_NAMES[found.lane],
        "first": lane[:4],
        "then": [one for one in lane[4:] if one.phase == PREPARE],
        "document": [one for one in lane if one.phase == DOCUMENT],
        "formats": [one for one in formats().values() if one.lane == found.lane],
        "quick": found.lane == "quick",
        "audiences": [(tier.value, name) for tier, name in TIERS.items()],
        "modes": list(MODES.items()),
        "free": slots.free(timezone.now(), SLOTS),
        "is_draft": found.state == State.DRAFT.value,
        "state": NAMES[State(found.state)],
    }
    return page(request, "pages/draft.html", values, 400 if refused else CONFLICT if stale else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accomplices(request: HttpRequest) -> HttpResponse:
    """Show what looks for people to organise it; ask to join."""
    me = person_of(request, "gathering:propose")
    refused = None
    if request.method == "POST":
        try:
            wanted = UUID(request.POST.get("gathering", ""))
            invitations.ask(wanted, request.POST.get("words", ""), me, timezone.now())
        except ValueError:
            raise Http404 from None
        except Invalid as error:
            refused = error
        else:
            return redirect(f"{reverse('accomplices')}?asked=1")
    rows = list(organise.looking(me))[:100]
    values = {"rows": rows, "refused": refused, "asked": "asked" in request.GET}
    return page(request, "pages/accomplices.html", values, 400 if refused else 200)
