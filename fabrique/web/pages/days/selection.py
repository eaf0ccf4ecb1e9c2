"""The group's side of a call: its questions, reading, remarks, decisions told together."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import calls, selection
from fabrique.domain.call import MOST_QUESTIONS, STATES, Asked, State, lines, questions
from fabrique.domain.programme import KINDS, Kind
from fabrique.domain.text import Invalid
from fabrique.store.models import Call, Contribution, Gathering
from fabrique.web.pages.days.fields import moment_of, typed_of
from fabrique.web.pages.days.forms import DECIDED, SORTED, CallForm, DecisionForm, RemarkForm
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of, page

EMPTY = 2  # rows for new questions


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the call or change it."""
    gathering = gathering_of(request, slug, "contributions:judge")
    found = Call.objects.filter(gathering=gathering).first()
    form = CallForm(request.POST or None, initial=_first(gathering, found))
    asked = questions(found.questions) if found else ()
    if request.method == "POST":
        asked = _asked(request)
        if form.is_valid() and _saved(request, gathering, form, asked):
            return redirect("contributions" if found else "call", slug)
    rows = [*asked, *(Asked(id=_fresh(asked, n), title="?") for n in range(_room(asked)))]
    shown = [(one, "" if n >= len(asked) else one.title) for n, one in enumerate(rows)]
    values = {"gathering": gathering, "call": found, "form": form, "rows": shown}
    return page(request, "pages/days/call-edit.html", values, status=400 if form.errors else 200)


def _room(asked: tuple[Asked, ...]) -> int:
    return min(EMPTY, MOST_QUESTIONS - len(asked))


def _fresh(asked: tuple[Asked, ...], n: int) -> str:
    taken = [int(one.id[1:]) for one in asked if one.id[1:].isdecimal()]
    return f"q{max(taken, default=0) + n + 1}"


def _first(gathering: Gathering, found: Call | None) -> dict[str, str]:
    now = timezone.now().replace(second=0, microsecond=0)
    opens_at = found.opens_at if found else now
    closes_at = found.closes_at if found else now + timedelta(days=30)
    return {
        "about": found.about if found else "",
        "opens_at": typed_of(opens_at, gathering.zone),
        "closes_at": typed_of(closes_at, gathering.zone),
    }


def _asked(request: HttpRequest) -> tuple[Asked, ...]:
    """Read the rows of questions; one without a title is taken out."""
    given, found = request.POST, []
    for name in given.getlist("id")[:MOST_QUESTIONS]:
        title = " ".join(given.get(f"title-{name}", "").split())[:300]
        if title and name[:1] == "q" and name[1:].isdecimal():
            found.append(
                Asked(
                    id=name[:8],
                    title=title,
                    options=lines(given.get(f"options-{name}", "")),
                    several=f"several-{name}" in given,
                    required=f"required-{name}" in given,
                )
            )
    return tuple(found)


def _saved(
    request: HttpRequest, gathering: Gathering, form: CallForm, asked: tuple[Asked, ...]
) -> bool:
    given, zone = form.cleaned_data, gathering.zone
    try:
        span = (
            moment_of(given["opens_at"], zone, "opens_at"),
            moment_of(given["closes_at"], zone, "closes_at"),
        )
        calls.open_call(gathering, given["about"], span, asked, person_of(request))
    except Invalid as error:
        form.refuse(error)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was sent; tell all pending decisions together."""
    gathering = gathering_of(request, slug, "contributions:judge")
    found = Call.objects.filter(gathering=gathering).first()
    if found is None:
        return redirect("call-edit", slug)
    if request.method == "POST":
        told = selection.tell(gathering, person_of(request), timezone.now())
        return redirect(f"{reverse('contributions', args=[slug])}?told={told}")
    rows = list(selection.received(found))
    counts = Counter(row.state for row in rows)
    wanted = request.GET.get("state", "")
    values = {
        "gathering": gathering,
        "call": found,
        "closes": calls.in_zone(found.closes_at, gathering),
        "rows": [_line(row) for row in rows if wanted in ("", row.state)],
        "states": [(one.value, STATES[one], counts[one.value]) for one in SORTED],
        "all": len(rows),
        "drafts": found.contributions.filter(state=State.DRAFT).count(),
        "wanted": wanted,
        "pending": sum(bool(row.pending) for row in rows),
        "told": request.GET.get("told", ""),
    }
    return page(request, "pages/days/contributions.html", values)


def _line(row: Contribution) -> dict[str, Any]:
    return {
        "row": row,
        "kind": KINDS[Kind(row.kind)],
        "state": STATES[State(row.state)],
        "pending": DECIDED.get(row.pending, ""),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, name: UUID) -> HttpResponse:
    """Read a contribution, remark on it, decide."""
    gathering = gathering_of(request, slug, "contributions:judge")
    rows = Contribution.objects.select_related("call").exclude(state=State.DRAFT)
    row = rows.filter(call__gathering=gathering, pk=name).first()
    if row is None:
        raise Http404(str(name))
    person = person_of(request)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    own = row.remarks.filter(by=person).first()
    mine = {"grade": own.grade, "text": own.text} if own else {}
    remarking = RemarkForm(request.POST if do == "remark" else None, initial=mine)
    first = {"decision": row.pending or _decided(row), "reason": row.reason}
    deciding = DecisionForm(request.POST if do == "decide" else None, initial=first)
    if do == "remark" and remarking.is_valid():
        selection.remark(row, person, **remarking.cleaned_data, now=timezone.now())
        return redirect("contribution", slug, name)
    if do == "decide" and deciding.is_valid():
        try:
            selection.decide(row, **deciding.cleaned_data, by=person)
            return redirect("contributions", slug)
        except Invalid as error:
            deciding.refuse(error)
    values = {
        "gathering": gathering,
        **_line(row),
        "answers": _answers(row),
        "remarks": row.remarks.select_related("by").order_by("at"),
        "remarking": remarking,
        "deciding": deciding,
    }
    wrong = remarking.errors or deciding.errors
    return page(request, "pages/days/contribution.html", values, status=400 if wrong else 200)


def _decided(row: Contribution) -> str:
    return row.state if row.state in DECIDED else ""


def _answers(row: Contribution) -> list[tuple[str, str]]:
    found = [(one, row.answers.get(one.id, "")) for one in questions(row.call.questions)]
    return [
        (one.title, answer if isinstance(answer, str) else ", ".join(answer))
        for one, answer in found
    ]
