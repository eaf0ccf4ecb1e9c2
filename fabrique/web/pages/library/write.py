"""Putting a text in the library: one's own texts, the form, what is sent to the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions.history import told
from fabrique.actions.library import files, judge, read, write
from fabrique.actions.library.belonging import settle
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.requests.answer import waiting
from fabrique.domain.licence import LICENCES
from fabrique.domain.resource import FORMS, KINDS, STATES, State
from fabrique.domain.submission import Given
from fabrique.domain.text import Invalid
from fabrique.domain.tier import NAMES
from fabrique.store.models import Person, Resource
from fabrique.web.belonging import belonging_of, choices
from fabrique.web.pages.propose import person_of
from fabrique.web.pages.requests import desk
from fabrique.web.site import page
from fabrique.web.viewer import require, viewer

MOST = 100  # texts in a list
TYPED = (*write.OWN, "published_on", "names")


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own texts, and where each of them is."""
    me = person_of(request, "resource:propose")
    rows = [(one, STATES[State(one.state)]) for one in write.mine(me)[:MOST]]
    return page(request, "pages/library/mine.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a text."""
    me = person_of(request, "resource:propose")
    if request.method != "POST":
        given = Given(language=get_language() or "fr", signs=True)
        return _form(request, None, given)
    try:
        made = write.begin(_settled(request, None), me, timezone.now())
    except Invalid as error:
        return _form(request, None, given_of(request), error)
    return _then(request, made, me)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a text, send it, take it back; the team publishes and withdraws here too."""
    looking = viewer(request)
    found = read.of_slug(slug, looking)
    if found is None:
        require(request, "resource:propose")
        raise Http404(slug)
    me = require(request, "resource:write", found).person
    assert me is not None  # noqa: S101 - nobody writes without an account
    if request.method != "POST":
        return _form(request, found, write.said(found))
    act = next((name for name in ACTS if name in request.POST), "save")
    try:
        return ACTS[act](request, found, looking, me)
    except Invalid as error:
        typed = given_of(request) if "title" in request.POST else write.said(found)
        return _form(request, found, typed, error)


def given_of(request: HttpRequest) -> Given:
    """Read the form."""
    said = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in TYPED}
    own = belonging_of(request)
    return Given(
        **said,
        signs="signs" in request.POST,
        chosen=own.chosen,
        themes=own.themes,
        gathering=own.gathering,
        series=own.series,
    )


def _settled(request: HttpRequest, found: Resource | None) -> Given:
    """Read the form, with what may be chosen alone in it; raise `Invalid`."""
    given = given_of(request)
    return msgspec.structs.replace(
        given, **msgspec.structs.asdict(settle(belonging_of(request), viewer(request), found))
    )


def _saved(request: HttpRequest, found: Resource, looking: Viewer, me: Person) -> HttpResponse:
    team = allowed(looking, "house:library")
    write.save(found, _settled(request, found), me, timezone.now(), team=team)
    return _then(request, found, me)


def _then(request: HttpRequest, found: Resource, me: Person) -> HttpResponse:
    """Go on with what is asked beside keeping it: send it, publish it."""
    now = timezone.now()
    try:
        if "send" in request.POST and found.state in write.OPEN:
            write.submit(found, me, now)
        elif "out" in request.POST and allowed(viewer(request), "house:library"):
            judge.put_out(found, me, now)
            return redirect("resource", found.slug)
    except Invalid as error:
        return _form(request, found, write.said(found), error)
    return redirect(f"{reverse('resource-edit', args=[found.slug])}?kept=1")


def _taken_back(_r: HttpRequest, found: Resource, _l: Viewer, me: Person) -> HttpResponse:
    write.take_back(found, me)
    return redirect("resource-edit", found.slug)


def _thrown(_r: HttpRequest, found: Resource, _l: Viewer, me: Person) -> HttpResponse:
    write.throw_away(found, me)
    return redirect("resource-mine")


def _withdrawn(request: HttpRequest, found: Resource, _l: Viewer, me: Person) -> HttpResponse:
    require(request, "house:library")
    judge.withdraw(found, request.POST.get("word", ""), me, timezone.now())
    return redirect("resource-edit", found.slug)


def _restored(request: HttpRequest, found: Resource, _l: Viewer, me: Person) -> HttpResponse:
    require(request, "house:library")
    judge.restore(found, me)
    return redirect("resource", found.slug)


def _unfiled(request: HttpRequest, found: Resource, looking: Viewer, me: Person) -> HttpResponse:
    team = allowed(looking, "house:library")
    files.take_out(found, request.POST.get("unfile", ""), me, timezone.now(), team=team)
    return redirect(f"{reverse('resource-edit', args=[found.slug])}#files")


Act = Callable[[HttpRequest, Resource, Viewer, Person], HttpResponse]
ACTS: dict[str, Act] = {
    "back": _taken_back,
    "throw": _thrown,
    "withdraw": _withdrawn,
    "restore": _restored,
    "unfile": _unfiled,
    "save": _saved,
}


def _form(
    request: HttpRequest, found: Resource | None, given: Given, refused: Invalid | None = None
) -> HttpResponse:
    looking = viewer(request)
    keeps = allowed(looking, "house:library")
    values: dict[str, Any] = {
        "resource": found,
        "given": given,
        "refused": refused,
        "kept": "kept" in request.GET,
        "kinds": KINDS.items(),
        "forms": FORMS.items(),
        "licences": LICENCES.values(),
        "audiences": NAMES.items(),
        "belongs": choices(looking, found, given),
        "keeps": keeps,
        "largest": files.LARGEST >> 20,
    }
    if found is not None:
        own = viewer(request).person
        values |= {
            "state": STATES[State(found.state)],
            "open": found.state in write.OPEN,
            "published": found.state == State.PUBLISHED,
            "owns": own is not None and found.submitter_id == own.pk,
            "files": files.listed(found),
            "asked": waiting(found) if keeps else 0,
            "ask_link": desk.link_to(found) if keeps else "",
            "past": told(found, timezone.get_current_timezone()) if keeps else (),
        }
    return page(request, "pages/library/write.html", values, 400 if refused else 200)
