"""Decisions and actions: what was agreed in minutes, who does it by when, what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions.history import told
from fabrique.actions.minutes import commitments, reminders
from fabrique.actions.minutes.commitments import Wanted
from fabrique.actions.policy import allowed
from fabrique.domain.debts import KEPT_NAMES, Kept, kept, left
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Commitment, Gathering, MinutesSentence, Person
from fabrique.web.asked import day, number, paged
from fabrique.web.site import page
from fabrique.web.viewer import SignIn, viewer

PER_PAGE = 40
TABS = (
    ("", Text("To do")),
    ("late", Text("Late")),
    ("done", Text("Carried out")),
    ("decided", Text("Decided")),
    ("all", Text("All")),
)


class Line(Struct, frozen=True):
    """A decision or an action, as the register shows it."""

    row: Commitment | MinutesSentence
    state: Kept
    name: Text
    left: Text | None
    mine: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """List what whoever looks may read, by state, by owner, by gathering."""
    looking, today, asked = viewer(request), timezone.localdate(), request.GET
    if request.method == "POST":
        if looking.person is None:
            raise SignIn
        reminders.want(looking.person, timezone.now(), yes=request.POST.get("remind") == "yes")
        return HttpResponseRedirect(reverse("commitments") + "?mine=1")
    state = asked.get("state", "")
    what = Wanted(
        state=Kept(state) if state in set(Kept) else None,
        whole=state == "all",
        mine="mine" in asked,
        gathering=asked.get("gathering", "")[:80],
    )
    pages = Paginator(commitments.wanted(looking, what, today), PER_PAGE)
    shown = pages.get_page(number(asked.get("page", "")) or 1)
    rows = [one for one in shown if allowed(looking, "commitment:read", one)]
    fresh = [] if asked.keys() - {"state"} or shown.number > 1 else commitments.unpublished(looking)
    values = {
        "lines": [_line(one, looking.person, today) for one in rows],
        "fresh": [_line(one, looking.person, today) for one in fresh],
        "tabs": TABS,
        "state": state,
        "what": what,
        "gatherings": _gatherings(request),
        "paged": paged(request, shown.number, pages.num_pages),
        "reminded": looking.person is not None and reminders.wants(looking.person),
    }
    return page(request, "pages/minutes/register.html", values)


def _gatherings(request: HttpRequest) -> list[Gathering]:
    """Give the gatherings that have lines for whoever looks, the latest first."""
    looking = viewer(request)
    keys = commitments.seen(looking).order_by().values("minutes__gathering")
    rows = Gathering.objects.filter(pk__in=keys).order_by("-starts_at", "title")
    return [one for one in rows if allowed(looking, "gathering:see", one)]


def _line(row: Commitment | MinutesSentence, me: Person | None, today: date) -> Line:
    done = isinstance(row, Commitment) and row.done_at is not None
    state = kept(row.kind, row.due, today, done=done)
    days = left(row.due, today) if row.due and not done else None
    return Line(row, state, KEPT_NAMES[state], days, me is not None and row.owner_id == me.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a line and what became of it; say that it is done, open it again, move its date."""
    looking, refused = viewer(request), None
    row = commitments.find(looking, pk)
    if row is None:
        if looking.person is None:
            raise SignIn  # the letter leads here: its owner reads it once signed in
        raise Http404(pk)
    settles = allowed(looking, "commitment:settle", row)
    if request.method == "POST":
        if not settles or looking.person is None:
            raise Http404(pk)
        try:
            _act(request, row, looking.person)
            return redirect("commitment", pk)
        except Invalid as error:
            refused = error
            row = commitments.find(looking, pk) or row
    values: dict[str, Any] = {
        "line": _line(row, looking.person, timezone.localdate()),
        "settles": settles,
        "past": told(row, timezone.get_current_timezone()),
        "reads": row.edition is not None and allowed(looking, "edition:read", row.edition),
        "refused": refused,
        "given": request.POST if refused else {},
    }
    return page(request, "pages/minutes/commitment.html", values, 400 if refused else 200)


def _act(request: HttpRequest, row: Commitment, me: Person) -> None:
    given = request.POST
    word = given.get("word", "")
    match given.get("do"):
        case "done":
            commitments.done(row, word, me, timezone.now())
        case "reopen":
            commitments.reopen(row, word, me)
        case "move":
            due = day(given["due"], "due") if given.get("due") else None
            commitments.move(row, due, word, me)
        case _:
            raise Invalid(Text("Choose one of what is offered."))
