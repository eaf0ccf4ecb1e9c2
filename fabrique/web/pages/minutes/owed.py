"""What gatherings owe: their documentation, what is due, late and done."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions.minutes import owed as verbs
from fabrique.actions.minutes.owed import Debt
from fabrique.actions.policy import allowed
from fabrique.domain.debts import TRACES, left
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Person
from fabrique.web.asked import day, number, paged
from fabrique.web.site import page
from fabrique.web.viewer import SignIn, viewer

PER_PAGE = 40
TABS = (("", Text("Due and late")), ("late", Text("Late")), ("done", Text("Published or excused")))


class Line(Struct, frozen=True):
    """What a gathering owes, as the page shows it."""

    debt: Debt
    name: Text
    left: Text | None
    late: bool
    group: tuple[str, ...]
    begin: str  # where its minutes are begun, or gone on with


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owed(request: HttpRequest) -> HttpResponse:
    """List what is owed; say why there is none, or choose another day."""
    looking, refused = viewer(request), None
    if looking.person is None:
        raise SignIn
    if request.method == "POST":
        try:
            return _done(request, _act(request, looking.person))
        except Invalid as error:
            refused = error
    today, asked = timezone.localdate(), request.GET.get("state", "")
    every = verbs.debts(verbs.held(looking, timezone.now()))
    late = [one for one in every if one.late(today)]
    some = _among(asked, every, today)
    pages = Paginator(some, PER_PAGE)
    shown = pages.get_page(number(request.GET.get("page", "")) or 1)
    values = {
        "lines": [_line(one, today) for one in shown],
        "tabs": TABS,
        "state": asked,
        "late": len(late),
        "whole": looking.is_staff,
        "paged": paged(request, shown.number, pages.num_pages),
        "refused": refused,
        "given": request.POST if refused else {},
    }
    return page(request, "pages/minutes/owed.html", values, 400 if refused else 200)


def _among(asked: str, every: list[Debt], today: date) -> list[Debt]:
    match asked:
        case "late":
            return [one for one in every if one.late(today)]
        case "done":
            return [one for one in reversed(every) if one.over]
    return [one for one in every if not one.over]


def _line(debt: Debt, today: date) -> Line:
    group = tuple(one.person.named for one in debt.gathering.group)  # type: ignore[attr-defined]
    days = None if debt.over else left(debt.due, today)
    return Line(debt, TRACES[debt.trace], days, debt.late(today), group, _begin(debt))


def _begin(debt: Debt) -> str:
    if debt.minutes is not None:
        return reverse("minutes", args=[debt.minutes.pk])
    session = debt.gathering.session
    return reverse("minutes-begin", args=[session]) if session else ""


def _act(request: HttpRequest, me: Person) -> Gathering:
    given, now = request.POST, timezone.now()
    found = Gathering.objects.filter(slug=given.get("gathering", "")).first()
    if found is None or not allowed(viewer(request), "gathering:organise", found):
        raise Http404(given.get("gathering", ""))
    match given.get("do"):
        case "excuse":
            verbs.excuse(found, given.get("word", ""), me, now)
        case "again":
            verbs.owe_again(found, me, now)
        case "due":
            verbs.put_off(found, day(given["due"], "due") if given.get("due") else None, me, now)
        case _:
            raise Invalid(Text("Choose one of what is offered."))
    return found


def _done(request: HttpRequest, _found: Gathering) -> HttpResponse:
    asked = request.GET.get("state", "")
    response = redirect("minutes-owed")
    if asked in dict(TABS) and asked:
        response["Location"] += f"?state={asked}"
    return response
