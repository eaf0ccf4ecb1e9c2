"""The call: answered by anybody who sees the gathering; an author's own page, by their link."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions import calls
from fabrique.actions.policy import allowed
from fabrique.domain.call import STATES, Asked, State, questions, window
from fabrique.domain.text import Invalid
from fabrique.store.models import Call, Contribution, Gathering
from fabrique.web.pages.days.fields import tongue
from fabrique.web.pages.days.forms import ContributionForm
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer


class Shown(Struct, frozen=True):
    """A question of a call, with what was answered and what is wrong."""

    asked: Asked
    answer: tuple[str, ...]
    wrong: bool = False

    @property
    def text(self) -> str:
        """Give the words of an open answer."""
        return self.answer[0] if self.answer else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the call; keep what is proposed, as a draft or sent."""
    gathering = gathering_of(request, slug)
    found = _call(gathering)
    edits = allowed(viewer(request), "contributions:judge", gathering)
    if found is None:
        if edits:
            return redirect("call-edit", slug)
        raise Http404(slug)
    person = viewer(request).person
    first = {"language": tongue().code}
    if person is not None:
        first |= {"name": person.name, "email": person.email}
    form = ContributionForm(request.POST if request.method == "POST" else None, initial=first)
    if person is not None:
        form.fields["email"].disabled = True  # proved by signing in
    values = {"gathering": gathering, "edits": edits, "mine": _mine(found, request)}
    if request.method == "POST" and form.is_valid():
        try:
            made = calls.contribute(
                found, _given(request, form, found), person, timezone.now(), send=_sends(request)
            )
        except Invalid as error:
            return _form(request, found, form, values, error)
        values |= {"made": made, "call": found}
        return page(request, "pages/days/call-kept.html", values)
    return _form(request, found, form, values)


def _call(gathering: Gathering) -> Call | None:
    return Call.objects.select_related("gathering").filter(gathering=gathering).first()


def _mine(found: Call, request: HttpRequest) -> list[tuple[Contribution, str]]:
    person = viewer(request).person
    if person is None:
        return []
    rows = found.contributions.filter(person=person).select_related("call__gathering")
    return [(row, calls.contribution_link(row)) for row in rows.order_by("created_at")]


def _sends(request: HttpRequest) -> bool:
    return request.POST.get("do") == "send"


def _given(request: HttpRequest, form: ContributionForm, found: Call) -> calls.Given:
    said = {one.id: request.POST.getlist(f"q-{one.id}") for one in questions(found.questions)}
    return calls.Given(**form.cleaned_data, answers=said)


def _form(
    request: HttpRequest,
    found: Call,
    form: ContributionForm,
    values: dict[str, Any],
    error: Invalid | None = None,
    kept: dict[str, Any] | None = None,
) -> HttpResponse:
    asked = questions(found.questions)
    where = error.where if error else ""
    at_question = where in {one.id for one in asked}
    if error is not None and form.is_bound and not at_question:
        form.refuse(error)
        error, where = None, ""
    shown = [Shown(one, _answer(request, one, kept or {}), one.id == where) for one in asked]
    state = window(found.opens_at, found.closes_at, timezone.now())
    values |= {
        "call": found,
        "form": form,
        "questions": shown,
        "refused": error,
        "window": state.value,
        "opens": calls.in_zone(found.opens_at, found.gathering),
        "closes": calls.in_zone(found.closes_at, found.gathering),
    }
    wrong = error is not None or bool(form.errors)
    return page(request, "pages/days/call.html", values, status=400 if wrong else 200)


def _answer(request: HttpRequest, one: Asked, kept: dict[str, Any]) -> tuple[str, ...]:
    if request.method == "POST":
        return tuple(request.POST.getlist(f"q-{one.id}"))
    found = kept.get(one.id, ())
    return (found,) if isinstance(found, str) else tuple(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Let an author read, change, send, confirm or withdraw; only a button does any of it."""
    gathering = Gathering.objects.filter(slug=slug).first()
    if gathering is None:
        raise Http404(slug)
    row = calls.read_contribution(gathering, token)
    open_ = calls.open_now(row.call, timezone.now()) and row.state in (State.DRAFT, State.SENT)
    names = ("title", "about", "kind", "minutes", "language", "name", "email")
    first = {name: getattr(row, name) for name in names}
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = ContributionForm(request.POST if do in ("save", "send") else None, initial=first)
    form.fields["email"].disabled = True
    values = {
        "gathering": gathering,
        "own": row,
        "state": STATES[State(row.state)],
        "changes": open_,
        "done": request.GET.get("done", ""),
    }
    try:
        if _done(request, row, form, do):
            return redirect(f"{reverse('call-own', args=[slug, token])}?done={do}")
    except Invalid as error:
        return _form(request, row.call, form, values, error, row.answers)
    return _form(request, row.call, form, values, None, row.answers)


def _done(request: HttpRequest, row: Contribution, form: ContributionForm, do: str) -> bool:
    person = viewer(request).person
    if do in ("confirm", "withdraw"):
        after = State.CONFIRMED if do == "confirm" else State.WITHDRAWN
        calls.answer(row, after, person)
        return True
    if do in ("save", "send") and form.is_valid():
        given = _given(request, form, row.call)
        calls.rewrite(row, given, timezone.now(), send=do == "send")
        return True
    return False
