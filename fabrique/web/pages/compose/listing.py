"""The groups of a gathering, and the form that composes others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.compose.ask import begin
from fabrique.actions.compose.choices import open_choice
from fabrique.actions.compose.people import attributes, concerned
from fabrique.domain.composing import Wanted
from fabrique.domain.text import Invalid, Words
from fabrique.store.models import Composition, Gathering
from fabrique.web.form_terms import moment_of
from fabrique.web.pages.compose.choice import choice_values, choosing
from fabrique.web.pages.compose.given import MIX, usual, wanted
from fabrique.web.pages.registrations import group_of
from fabrique.web.site import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was composed; compose."""
    gathering, by, now = group_of(request, slug)
    everybody = concerned(gathering, Wanted())
    known = attributes(gathering, everybody)
    asked, wrong = usual(known), dict[str, Words]()
    chooses, offer = request.POST.get("kind") == "workshops", None
    if request.method == "POST":
        title = request.POST.get("title", "")
        try:
            if chooses:
                offer = choosing(request.POST, gathering)
                until = moment_of(request.POST.get("until", ""), gathering)
                made = open_choice(gathering, title, offer, until, by, now)
            else:
                asked = wanted(request, known, asked)
                made = begin(gathering, title, asked, by, now)
            return redirect("composition", slug, made.pk)
        except Invalid as no:
            wrong = {no.where: no.text}
    rows = Composition.objects.filter(gathering=gathering).select_related("current")
    values = {
        "gathering": gathering,
        "rows": list(rows.order_by("created_at")),
        "people": len(everybody.names),
        "title": (not chooses and request.POST.get("title")) or _("Tables"),
        "choice_title": (chooses and request.POST.get("title")) or _("Workshops"),
        "wrong": {} if chooses else wrong,
        "choice_wrong": wrong if chooses else {},
        "until": request.POST.get("until", ""),
        **choice_values(gathering, offer),
        **form_values(gathering, asked, known),
    }
    return page(request, "pages/compositions.html", values, 400 if wrong else 200)


def form_values(gathering: Gathering, asked: Wanted, known: list[Any]) -> dict[str, Any]:
    """Give what the form shows."""
    return {
        "asked": asked,
        "pools": list(gathering.pools.exclude(kind="workshop").order_by("id")),
        "weights": [(one, MIX + one.name, asked.mix.get(one.name, 0)) for one in known],
    }
