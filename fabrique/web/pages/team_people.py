"""The team's list of people, and the page of one: memberships, roles, structure, account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import listing, members
from fabrique.actions.history import told
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid
from fabrique.store.models import Person
from fabrique.store.models.mandate import ROLES
from fabrique.web.asked import number, paged
from fabrique.web.roles import ROLE_NAMES
from fabrique.web.site import page as drawn
from fabrique.web.team_forms import act_on_membership, period
from fabrique.web.viewer import require

PAST = 20  # lines of history shown


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """List people; add one."""
    looking = require(request, "house:manage")
    refused = None
    if request.method == "POST":
        try:
            made = members.add_person(
                request.POST.get("email", ""), request.POST.get("name", ""), _me(looking)
            )
        except Invalid as error:
            refused = error
        else:
            return redirect("team-person", made.pk)
    words = request.GET.get("q", "")[:100]
    found = listing.people(words, number(request.GET.get("page", "")) or 1)
    values = {"found": found, "words": words, "refused": refused, "given": request.POST}
    values["paged"] = paged(request, found.page, found.pages)
    return drawn(request, "pages/team-people.html", values, status=400 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, who: UUID) -> HttpResponse:
    """Show one person to the team; change what the team may."""
    looking = require(request, "house:manage")
    found = Person.objects.select_related("structure").filter(pk=who).first()
    if found is None:
        raise Http404(who)
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
            return redirect("team-person", who)
    values = {
        "person": found,
        "memberships": found.memberships.order_by("-starts_on"),
        "stands_for": found.represents.order_by("name"),
        "mandates": _mandates(found, looking.today),
        "roles": [(role, ROLE_NAMES[role]) for role in ROLES],
        "role_names": ROLE_NAMES,
        "tier": Viewer(found, looking.today).tier,
        "past": told(found, ZoneInfo(settings.TIME_ZONE))[-PAST:],
        "today": looking.today,
        "refused": refused,
    }
    return drawn(request, "pages/team-person.html", values, status=400 if refused else 200)


def _mandates(person: Person, today: date) -> list[tuple[object, object]]:
    rows = person.mandates.order_by("-since")
    held = [row for row in rows if row.until is None or row.until >= today]
    return [(row, ROLE_NAMES[row.role]) for row in held]


def _me(looking: Viewer) -> Person:
    assert looking.person is not None  # noqa: S101 - the policy has said so
    return looking.person


def _add(request: HttpRequest, found: Person, looking: Viewer) -> None:
    members.add_membership(found, period(request), _me(looking))


def _change(request: HttpRequest, found: Person, looking: Viewer) -> None:
    act_on_membership(request, found.memberships.all(), looking)


def _give(request: HttpRequest, found: Person, looking: Viewer) -> None:
    members.give_role(found, request.POST.get("role", ""), looking.today, _me(looking))


def _end(request: HttpRequest, found: Person, looking: Viewer) -> None:
    mandate = found.mandates.filter(pk=number(request.POST["end-role"]), until=None).first()
    if mandate is None:
        raise Http404
    members.end_role(mandate, looking.today - timedelta(days=1), _me(looking))


def _rest(request: HttpRequest, found: Person, looking: Viewer) -> None:
    wake = request.POST["active"] == "1"
    members.put_to_rest(found, timezone.now(), _me(looking), active=wake)


ACTS: Mapping[str, Callable[[HttpRequest, Person, Viewer], None]] = {
    "add": _add,
    "membership": _change,
    "give-role": _give,
    "end-role": _end,
    "active": _rest,
}
