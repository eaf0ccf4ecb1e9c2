"""Take articles in from another site: what its export would make; keep it, take it back."""

from __future__ import annotations

import hashlib
import secrets
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.intake import articles, undo
from fabrique.actions.intake.articles import Choice, Foreseen
from fabrique.actions.intake.undoing import Undone, changed_since
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES, Tier
from fabrique.importers.wordpress import Site
from fabrique.jobs.articles import Order, pieces, read_export
from fabrique.jobs.content import LARGEST, export_kind
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.words import plain
from fabrique.store.models import Batch, Resource
from fabrique.web import held as waiting
from fabrique.web.held import Held
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require

RULE = "house:library"
SHOWN = 100  # lines of each list
BATCHES = 20
AT_ONCE = BoundedSemaphore(1)  # readings, for the whole house
TURN = 30.0  # seconds to wait for one's turn
BUSY = Text("The server is busy: try again in a moment.")
CHANGED = Text("Something changed since it was shown: look at it again, then import it.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask for an export; without script, it comes with the form."""
    require(request, RULE)
    refused: Invalid | None = None
    if request.method == "POST":
        try:
            return redirect("articles-look", _arrived(request).id)
        except Invalid as error:
            refused = error
    batches = Batch.objects.filter(origin=articles.ORIGIN).select_related("by").order_by("-id")
    values = {"refused": refused, "batches": batches[:BATCHES], "largest": LARGEST["export"] >> 20}
    return drawn(request, "pages/articles-import.html", values, status=400 if refused else 200)


def _arrived(request: HttpRequest) -> Held:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(Text("Choose a file first."), "file")
    content = file.read()
    try:
        export_kind(content[:4096])
    except Unfit as no:
        raise Invalid(no.text, "file") from None
    folder = waiting.incoming()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = folder / secrets.token_hex(8)
    source.write_bytes(content)
    return waiting.hold(plain(file.name or "", 120) or "—", source)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, name: str) -> HttpResponse:
    """Show what an export would make; make it, if that is what was shown."""
    me = require(request, RULE).person
    try:
        held = waiting.find(name)
    except LookupError:
        raise Http404(name) from None
    if "drop" in request.POST:
        waiting.drop(held)
        return redirect("articles-import")
    refused, choice = None, Choice()
    try:
        site = _read(held)
    except Invalid as error:
        return _unread(request, held, error)
    try:
        choice = _choice(request, site)
        seen = articles.foresee(site, choice, owned)
        if "keep" in request.POST and me is not None:
            _check(request, seen)
            made = articles.keep(_sum(held), site, choice, owned, me, timezone.now())
            waiting.drop(held)
            return redirect("articles-batch", made.pk)
    except Invalid as error:
        refused = error
        seen = articles.foresee(site, choice, owned)
    return _shown(request, held, site, choice, seen, refused)


def _check(request: HttpRequest, seen: Foreseen) -> None:
    if request.POST.get("seen") != seen.seal:
        raise Invalid(CHANGED)


def _read(held: Held) -> Site:
    """Read it in a process of its own, one at a time."""
    order = Order(settings.TIME_ZONE, held.at, articles.LONGEST)
    if not AT_ONCE.acquire(timeout=TURN):
        raise Invalid(BUSY)
    try:
        return read_export(held.folder, order)
    finally:
        AT_ONCE.release()


def _sum(held: Held) -> str:
    found = hashlib.sha256()
    for piece in pieces(held.file):
        found.update(piece)
    return found.hexdigest()


def _choice(request: HttpRequest, site: Site) -> Choice:
    given = request.POST
    tiers = {one.value: one for one in Tier}
    logins = {one.login for one in site.authors}
    return Choice(
        audience=tiers.get(given.get("audience", ""), Tier.ADHERENT),
        pages="pages" in given,
        named=frozenset(given.getlist("named")) & logins,
    )


def owned(path: str) -> bool:
    """Say whether a path leads to a page of the house, whatever comes in."""
    if "?" in path:
        return False
    for one in (path, f"{path}/"):
        try:
            found = resolve(one)
        except Resolver404:
            continue
        if not found.args and not found.kwargs:
            return True
    return False


def _unread(request: HttpRequest, held: Held, refused: Invalid) -> HttpResponse:
    values = {"held": held, "refused": refused}
    return drawn(request, "pages/articles-unread.html", values, status=400)


def _shown(
    request: HttpRequest,
    held: Held,
    site: Site,
    choice: Choice,
    seen: Foreseen,
    refused: Invalid | None,
) -> HttpResponse:
    out = [one for one in site.problems if one.out]
    days = sorted(one.piece.at for one in seen.comes)
    values: dict[str, Any] = {
        "held": held,
        "site": site,
        "choice": choice,
        "seen": seen,
        "refused": refused,
        "tiers": [(one, NAMES[one]) for one in reversed(Tier)],
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "out": out,
        "remarks": [one for one in site.problems if not one.out],
        "most": SHOWN,
    }
    return drawn(request, "pages/articles-look.html", values, status=400 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Show what an import made; take it back."""
    me = require(request, RULE).person
    found = Batch.objects.filter(pk=number, origin=articles.ORIGIN).first()
    if found is None or me is None:
        raise Http404
    refused: Invalid | None = None
    undone: Undone | None = None
    if request.method == "POST":
        try:
            undone = undo(found, me, timezone.now(), changed="changed" in request.POST)
        except Invalid as error:
            refused = error
        found.refresh_from_db()
    here = Resource.objects.filter(origin_batch=f"{found.pk}").order_by("-published_on", "title")
    values = {
        "batch": found,
        "made": here[:SHOWN],
        "n_made": here.count(),
        "stay": [] if undone else changed_since(found),
        "refused": refused,
        "undone": undone,
        "most": SHOWN,
    }
    return drawn(request, "pages/articles-batch.html", values, status=400 if refused else 200)
