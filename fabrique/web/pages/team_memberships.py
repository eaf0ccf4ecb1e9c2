"""All memberships, of persons and of structures: searched, filtered, ended, paid, added."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import listing, members
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Membership, Person, Structure
from fabrique.web.asked import number, paged
from fabrique.web.site import page as drawn
from fabrique.web.team_forms import act_on_membership, period
from fabrique.web.viewer import require

KINDS = {
    "all": Text("all of them"),
    "now": Text("running today"),
    "unpaid": Text("running, not paid"),
    "over": Text("over"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """List memberships; change one, add one."""
    looking = require(request, "house:manage")
    refused = None
    if request.method == "POST":
        try:
            _act(request, looking)
        except Invalid as error:
            refused = error
        else:
            return redirect(request.get_full_path())
    given = request.GET
    words, which = given.get("q", "")[:100], given.get("which", "now")
    found = listing.memberships(words, which, looking.today, number(given.get("page", "")) or 1)
    values = {
        "found": found,
        "words": words,
        "which": which,
        "kinds": KINDS.items(),
        "refused": refused,
        "given": request.POST,
        "today": looking.today,
        "paged": paged(request, found.page, found.pages),
    }
    return drawn(request, "pages/team-memberships.html", values, status=400 if refused else 200)


def _act(request: HttpRequest, looking: Viewer) -> None:
    assert looking.person is not None  # noqa: S101 - the policy has said so
    if "membership" in request.POST:
        act_on_membership(request, Membership.objects.all(), looking)
    else:
        member = _member(request.POST.get("member", ""))
        members.add_membership(member, period(request), looking.person)


def _member(typed: str) -> Person | Structure:
    """Find who is meant: a person by their address, a structure by its name; raise `Invalid`."""
    if "@" in typed:
        person = Person.objects.filter(email=typed.strip().lower()).first()
        if person is not None:
            return person
    else:
        structure = Structure.objects.filter(name__iexact=" ".join(typed.split())).first()
        if structure is not None:
            return structure
    said = Text("Nobody has this address, and no structure this name: add them first.")
    raise Invalid(said, "member")
