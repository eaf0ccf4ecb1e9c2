"""The forms of memberships, as the pages of a person and of a structure share them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from fabrique.actions import members
from fabrique.actions.members import Period
from fabrique.actions.policy.viewer import Viewer
from fabrique.store.models import Membership
from fabrique.web.asked import day, number


def period(request: HttpRequest) -> Period:
    """Read a membership; raise `Invalid`."""
    given = request.POST
    last = given.get("ends_on", "")
    first = day(given.get("starts_on", ""), "starts_on")
    return Period(first, day(last, "ends_on") if last else None, "paid" in given)


def act_on_membership(request: HttpRequest, among: QuerySet[Membership], looking: Viewer) -> None:
    """End one of a member's own memberships on a day, or say whether it is paid."""
    row = among.filter(pk=number(request.POST["membership"])).first()
    if row is None or looking.person is None:
        raise Http404
    act = request.POST.get("do", "")
    if act == "end":
        ends_on = day(request.POST.get("day", "") or looking.today.isoformat(), "day")
        members.end_membership(row, ends_on, looking.person)
    elif act in ("paid", "unpaid"):
        members.mark_paid(row, looking.person, paid=act == "paid")
    else:
        raise Http404
