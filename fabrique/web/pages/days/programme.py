"""The programme as it was released: by day, by room, for the tier of whoever reads; one's own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fabrique.actions.policy import allowed
from fabrique.actions.programme import mine
from fabrique.actions.programme.releases import said_of
from fabrique.domain.changes import changes
from fabrique.domain.clashes import overlaps, told
from fabrique.domain.programme import KINDS, Item, Kind, Programme
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.timetable import timetable
from fabrique.store.models import Gathering, ProgrammeVersion
from fabrique.store.models import Item as Row
from fabrique.web.pages.days.fields import tongue
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer


@never_cache
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the last release, filtered by room, kind or audience."""
    gathering = gathering_of(request, slug)
    looking = viewer(request)
    found = mine.released(gathering, looking)
    edits = allowed(looking, "programme:edit", gathering)
    if found is None and not edits:
        raise Http404(slug)
    values: dict[str, Any] = {"gathering": gathering, "edits": edits, "person": looking.person}
    if found is None:
        return page(request, "pages/days/programme.html", values)
    version, whole = found
    asked = {name: request.GET.get(name, "") for name in ("room", "audience", "kind")}
    shown = whole.keeping(one for one in whole.items if kept(one, asked))
    picked = mine.picked(gathering, looking.person)
    own = picked | mine.speaking(gathering, looking.person)
    own |= mine.seated(gathering, looking.person)
    values |= {
        "version": version,
        "whole": shown,
        "asked": asked,
        "tables": [timetable(shown, day) for day in shown.all_days() if shown.on(day)],
        "picked": picked,
        "own": own,
        "overlaps": told(overlaps(one for one in whole.placed if one.id in own)),
        "kinds": [(kind.value, KINDS[kind]) for kind in Kind if _any(whole, "kind", kind)],
        "audiences": [(tier.value, NAMES[tier]) for tier in Tier if _any(whole, "audience", tier)],
    }
    return page(request, "pages/days/programme.html", values)


def _any(whole: Programme, name: str, value: str) -> bool:
    return any(getattr(one, name) == value for one in whole.items)


def kept(item: Item, asked: dict[str, str]) -> bool:
    """Say whether an item is of what somebody asked to see."""
    return all(not value or getattr(item, name) == value for name, value in asked.items())


@never_cache
@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the releases, each with what it changed for whoever reads."""
    gathering = gathering_of(request, slug)
    looking = viewer(request)
    rows = list(gathering.versions.select_related("released_by").order_by("number"))
    if not rows:
        raise Http404(slug)
    listed: list[tuple[ProgrammeVersion, list[str], int]] = []
    before: Programme | None = None
    for row in rows:
        whole = mine.seen(gathering, row, looking)
        found = changes(before, whole)
        listed.append((row, said_of(found, whole, tongue()) if before else [], len(whole.items)))
        before = whole
    edits = allowed(looking, "programme:edit", gathering)
    values = {"gathering": gathering, "listed": listed[::-1], "edits": edits}
    return page(request, "pages/days/versions.html", values)


@require_POST
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep an item in one's own agenda, or take it out."""
    gathering = gathering_of(request, slug, "programme:pick")
    looking = viewer(request)
    found = mine.released(gathering, looking)
    name = request.POST.get("item", "")
    if found is None or looking.person is None:
        raise Http404(slug)
    if name not in {one.id for one in found[1].items}:
        raise Http404(name)
    mine.pick(Row.objects.get(pk=name), looking.person, on=request.POST.get("on") == "1")
    back = "my-programme" if request.POST.get("back") == "mine" else "programme"
    return redirect(f"{reverse(back, args=[slug])}#i-{name}")


@never_cache
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody's own programme, and what of it overlaps."""
    gathering = gathering_of(request, slug, "programme:pick")
    whole, listed = _own(request, gathering)
    values = {
        "gathering": gathering,
        "whole": whole,
        "days": [(day, whole.on(day)) for day in whole.all_days() if whole.on(day)],
        "picked": mine.picked(gathering, viewer(request).person),
        "speaking": listed,
        "overlaps": told(overlaps(whole.placed)),
    }
    return page(request, "pages/days/mine.html", values)


def _own(request: HttpRequest, gathering: Gathering) -> tuple[Programme, frozenset[str]]:
    person = viewer(request).person
    found = mine.released(gathering, viewer(request))
    if found is None:
        raise Http404(gathering.slug)
    speaking = mine.speaking(gathering, person)
    wanted = mine.picked(gathering, person) | mine.seated(gathering, person) | speaking
    return found[1].keeping(one for one in found[1].items if one.id in wanted), speaking
