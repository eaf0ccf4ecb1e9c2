"""The team's list of structures, and the page of one: what it is, who stands for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import listing, members
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Person, Structure
from fabrique.web.asked import number as whole
from fabrique.web.asked import paged
from fabrique.web.site import page as drawn
from fabrique.web.team_forms import act_on_membership, period
from fabrique.web.viewer import require

FIELDS = ("name", "kind", "territory", "site")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """List structures; add one."""
    looking = require(request, "house:manage")
    refused = None
    if request.method == "POST":
        try:
            made = members.save_structure(Structure(), _values(request), _me(looking))
        except Invalid as error:
            refused = error
        else:
            return redirect("team-structure", made.pk)
    words = request.GET.get("q", "")[:100]
    found = listing.structures(words, whole(request.GET.get("page", "")) or 1)
    values = {"found": found, "words": words, "refused": refused, "given": request.POST}
    values["paged"] = paged(request, found.page, found.pages)
    return drawn(request, "pages/team-structures.html", values, status=400 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def structure(request: HttpRequest, number: int) -> HttpResponse:
    """Show a structure to the team; change it, name who stands for it."""
    looking = require(request, "house:manage")
    found = Structure.objects.select_related("representative").filter(pk=number).first()
    if found is None:
        raise Http404
    refused = None
    if request.method == "POST":
        act = next((ACTS[name] for name in ACTS if name in request.POST), None)
        if act is None:
            raise Http404
        try:
            act(request, found, looking)
        except Invalid as error:
            refused = error
        else:
            return redirect("team-structure", number)
    values = {
        "structure": found,
        "memberships": found.memberships.order_by("-starts_on"),
        "people": found.people.order_by("name", "email"),
        "today": looking.today,
        "refused": refused,
    }
    return drawn(request, "pages/team-structure.html", values, status=400 if refused else 200)


def _me(looking: Viewer) -> Person:
    assert looking.person is not None  # noqa: S101 - the policy has said so
    return looking.person


def _values(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in FIELDS}


def _save(request: HttpRequest, found: Structure, looking: Viewer) -> None:
    members.save_structure(found, _values(request), _me(looking))


def _represent(request: HttpRequest, found: Structure, looking: Viewer) -> None:
    typed = request.POST.get("email", "").strip()
    person = Person.objects.filter(email=typed.strip().lower()).first() if typed else None
    if typed and person is None:
        raise Invalid(Text("Nobody here has this address: add them among people first."), "email")
    members.name_representative(found, person, _me(looking))


def _add(request: HttpRequest, found: Structure, looking: Viewer) -> None:
    members.add_membership(found, period(request), _me(looking))


def _change(request: HttpRequest, found: Structure, looking: Viewer) -> None:
    act_on_membership(request, found.memberships.all(), looking)


ACTS: Mapping[str, Callable[[HttpRequest, Structure, Viewer], None]] = {
    "save": _save,
    "represent": _represent,
    "add": _add,
    "membership": _change,
}
