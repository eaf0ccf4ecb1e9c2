"""The quick lane: from an ended session to a published text on one page."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions.minutes import begin, locks
from fabrique.actions.minutes import quick as verbs
from fabrique.actions.minutes.publish import Terms
from fabrique.actions.policy import allowed
from fabrique.domain.edition import BINDING, Verdict
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.here import plan_of
from fabrique.store.models import Gathering, Minutes, MinutesSentence, Person
from fabrique.web.numbers import whole
from fabrique.web.pages.minutes.acts import day, key
from fabrique.web.pages.minutes.desk import KINDS
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.seats import session_of
from fabrique.web.site import page
from fabrique.web.viewer import SignIn, viewer

LATER = Text("This session is not over: its minutes are published in one page once it is.")


class Part(Struct, frozen=True):
    """What stands under one title, and what is left to say of it."""

    number: int
    title: str
    rows: tuple[tuple[MinutesSentence, Text], ...]
    waiting: int  # sentences that one choice keeps or leaves out
    chosen: str


class Binding(Struct, frozen=True):
    """A decision or an action, as it is said on this page."""

    row: MinutesSentence
    chosen: str
    owner: str
    due: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_session(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the page; begin the minutes with their draft by a button."""
    head, looking = session_of(request, code), viewer(request)
    if looking.person is None:
        raise SignIn
    found = begin.of_session(head)
    about = found or Minutes(gathering=Gathering.objects.filter(session=head.code).first())
    if not allowed(looking, "minutes:write", about):
        raise Http404(code)
    over = head.ended_at is not None
    if request.method == "POST" and over:
        found = verbs.begin_drafted(head, looking.person, timezone.now())
    if found is not None and found.sentences.exists():
        return redirect("minutes-quick", found.pk)
    refused = None if over else Invalid(LATER)
    values = {"head": head, "plan": plan_of(head), "quick": True, "refused": refused}
    return page(request, "pages/minutes/begin.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show all that is to be said of the text; keep it, or validate and publish."""
    found, me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            return _done(request.POST, found, me)
        except Invalid as error:
            refused = error
            found.refresh_from_db()
    given = request.POST if refused else QueryDict()
    rows = list(found.sentences.select_related("author", "owner").order_by("rank"))
    values = {
        **shared(found, "quick"),
        "parts": _parts(rows, given),
        "bound": [_binding(one, given) for one in rows if one.kind in BINDING],
        "held": locks.held(found, me, timezone.now()),
        "audiences": [(tier.value, NAMES[tier]) for tier in Tier],
        "named": bool(me.name.strip()),
        "refused": refused,
        "given": given,
    }
    return page(request, "pages/minutes/quick.html", values, 400 if refused else 200)


def _done(given: QueryDict, found: Minutes, me: Person) -> HttpResponse:
    now, what = timezone.now(), _choices(given, found)
    match given.get("do"):
        case "keep":
            verbs.keep(found, what, me, now)
            return redirect("minutes-quick", found.pk)
        case "publish":
            audience = given.get("audience", "")
            if audience not in set(Tier):
                raise Invalid(Text("Say for whom it is."), "audience")
            verbs.give(found, what, Terms(Tier(audience)), me, now)
            return redirect("article", found.slug)
    raise Invalid(Text("Choose one of what is offered."))


def _choices(given: QueryDict, found: Minutes) -> verbs.Choices:
    sections, bound = {}, []
    for name, value in given.items():
        what, _, which = name.partition("-")
        if what == "part" and value in ("keep", "leave"):
            sections[given.get(f"title-{which}", "")] = value == "keep"
        elif what == "bound" and value in ("keep", "leave"):
            owner, due = given.get(f"owner-{which}", ""), day(given.get(f"due-{which}", ""))
            bound.append(verbs.Bound(key(which), value == "keep", owner, due))
    version = whole(given.get("version", ""))
    return verbs.Choices(version, sections, tuple(bound), given.get("introduction", ""))


def _parts(rows: list[MinutesSentence], given: QueryDict) -> list[Part]:
    told = []
    for n, (title, some) in enumerate(groupby(rows, key=lambda one: one.section), 1):
        plain = [one for one in some if one.kind not in BINDING]
        waiting = sum(one.verdict == Verdict.PROPOSED.value for one in plain)
        shown = tuple((one, KINDS.get(one.kind, Text(one.kind))) for one in plain)
        if shown:
            told.append(Part(n, title, shown, waiting, given.get(f"part-{n}", "")))
    return told


def _binding(row: MinutesSentence, given: QueryDict) -> Binding:
    was = {Verdict.PROPOSED.value: "", Verdict.REJECTED.value: "leave"}.get(row.verdict, "keep")
    return Binding(
        row,
        given.get(f"bound-{row.pk}", was),
        given.get(f"owner-{row.pk}", row.owned),
        given.get(f"due-{row.pk}", row.due.isoformat() if row.due else ""),
    )
