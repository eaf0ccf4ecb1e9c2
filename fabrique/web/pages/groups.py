"""Working groups: the list, a group and who is in it; the team makes them."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions.groups import accept, ask, make, take_out
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid
from fabrique.store.models import GroupMember, WorkingGroup
from fabrique.web.asked import number
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the groups."""
    looking = require(request, "groups:see")
    return drawn(request, "pages/groups.html", {"groups": _groups(looking)})


def _groups(looking: Viewer) -> list[WorkingGroup]:
    own = Q(members__person=looking.person, members__state="in")
    counted = Count("members", filter=Q(members__state="in"))
    rows = WorkingGroup.objects.annotate(people=counted, own=Count("members", filter=own))
    return list(rows.order_by("title"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group: to whoever is in it, its people and who asks; to others, how to ask."""
    looking = require(request, "groups:see")
    group = WorkingGroup.objects.filter(slug=slug).first()
    if group is None:
        raise Http404(slug)
    if request.method == "POST":
        _act(request, looking, group)
        return redirect("group", slug)
    inside = allowed(looking, "group:accept", group)
    mine = group.members.filter(person=looking.person).first()
    people = group.members.select_related("person__structure").order_by("person__name")
    values = {
        "group": group,
        "mine": mine,
        "inside": inside,
        "people": [one for one in people if one.state == "in"] if inside else [],
        "asking": [one for one in people if one.state == "asked"] if inside else [],
    }
    return drawn(request, "pages/group.html", values)


def _act(request: HttpRequest, looking: Viewer, group: WorkingGroup) -> None:
    """Ask, leave; for whoever is in, accept or decline."""
    person, now = looking.person, timezone.now()
    assert person is not None  # noqa: S101 - the policy has said so
    if "ask" in request.POST:
        ask(group, person, now)
        return
    if "leave" in request.POST:
        for row in group.members.filter(person=person):
            take_out(row, person)
        return
    require(request, "group:accept", group)
    asked = request.POST.get("accept") or request.POST.get("decline") or ""
    found = GroupMember.objects.filter(group=group, pk=number(asked)).first()
    if found is None:
        raise Http404
    if "accept" in request.POST:
        accept(found, person, now)
    else:
        take_out(found, person)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    looking = require(request, "house:manage")
    assert looking.person is not None  # noqa: S101 - the policy has said so
    refused = None
    if request.method == "POST":
        try:
            group = make(
                request.POST.get("title", ""), request.POST.get("about", ""), looking.person
            )
        except Invalid as error:
            refused = error
        else:
            return redirect("group", group.slug)
    values = {"groups": _groups(looking), "refused": refused, "given": request.POST}
    return drawn(request, "pages/team-groups.html", values, status=400 if refused else 200)
