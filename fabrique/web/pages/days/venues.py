"""The search for a venue: leads beside each other, what is compared, the decision."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import venues
from fabrique.domain import venues as rules
from fabrique.domain.text import Invalid, Text
from fabrique.domain.typography import printable
from fabrique.store.models import Gathering, VenueCriterion, VenueLead, VenueSearch
from fabrique.web.pages.days.fields import tongue
from fabrique.web.pages.days.forms import AimForm, ChooseForm, CriterionForm, LeadForm
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of, page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Compare the leads; begin the search, say what is looked for and by when."""
    gathering = gathering_of(request, slug, "venue:search")
    found = VenueSearch.objects.filter(gathering=gathering).first()
    if request.method == "POST" and found is None:
        venues.begin(gathering, person_of(request))
        return redirect("venues", slug)
    form = AimForm(
        request.POST if request.method == "POST" else None,
        initial={"needs": found.needs, "decide_by": found.decide_by} if found else {},
    )
    if found is not None and form.is_valid():
        venues.aim(found, **form.cleaned_data, by=person_of(request))
        return redirect("venues", slug)
    values: dict[str, Any] = {"gathering": gathering, "search": found, "form": form}
    if found is not None:
        rows = venues.compared(found)
        decided = found.decided_at is not None
        today = timezone.localdate()
        values |= {
            "rows": [(row, rules.LEADS[rules.Lead(row.lead.state)]) for row in rows],
            "criteria": [_criterion(one) for one in found.criteria.order_by("rank", "id")],
            "late": rules.late(found.decide_by, today, decided=decided),
            "chosen": next((row.lead for row in rows if row.lead.state == "chosen"), None),
        }
    return page(request, "pages/days/venues.html", values, status=400 if form.errors else 200)


def _criterion(row: VenueCriterion) -> tuple[VenueCriterion, Text, Text]:
    return row, rules.MEASURES[rules.Measure(row.measure)], rules.WEIGHTS[row.weight]


def _search(gathering: Gathering) -> VenueSearch:
    found = VenueSearch.objects.select_related("gathering").filter(gathering=gathering).first()
    if found is None:
        raise Http404(gathering.slug)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Add a lead or change it, with what it offers; choose it."""
    gathering = gathering_of(request, slug, "venue:search")
    found = _search(gathering)
    row = _lead(found, number)
    criteria = list(found.criteria.order_by("rank", "id"))
    do = request.POST.get("do", "save") if request.method == "POST" else ""
    form = LeadForm(request.POST if do == "save" else None, initial=_first(row))
    form.fields["owner"].choices = _owners(gathering, row)  # type: ignore[attr-defined]
    if row is not None and row.state == rules.Lead.CHOSEN:
        del form.fields["state"]
    told = {"directions": row.place if row else ""}
    choosing = ChooseForm(request.POST if do == "choose" else None, initial=told)
    if do == "save" and form.is_valid() and _saved(request, found, row, form, criteria):
        return redirect("venues", slug)
    if do == "choose" and row is not None and choosing.is_valid():
        try:
            venues.choose(row, **choosing.cleaned_data, by=person_of(request), now=timezone.now())
            return redirect("venues", slug)
        except Invalid as error:
            choosing.refuse(error)
    values = {
        "gathering": gathering,
        "lead": row,
        "form": form,
        "choosing": choosing,
        "cells": _cells(request if do == "save" else None, row, criteria),
        "best": rules.BEST,
    }
    wrong = form.errors or choosing.errors
    return page(request, "pages/days/lead.html", values, status=400 if wrong else 200)


def _lead(found: VenueSearch, number: int | None) -> VenueLead | None:
    if number is None:
        return None
    row = found.leads.filter(pk=number).first()
    if row is None:
        raise Http404
    row.search = found
    return row


def _first(row: VenueLead | None) -> dict[str, Any]:
    if row is None:
        return {}
    names = ("name", "place", "contact", "state", "note")
    return {**{name: getattr(row, name) for name in names}, "owner": str(row.owner_id or "")}


def _owners(gathering: Gathering, row: VenueLead | None) -> list[tuple[str, str]]:
    group = [one.person for one in gathering.organisers.select_related("person")]
    if row is not None and row.owner is not None and row.owner not in group:
        group.append(row.owner)
    return [("", tongue().say(Text("nobody yet"))), *((str(one.pk), str(one)) for one in group)]


def _saved(
    request: HttpRequest,
    found: VenueSearch,
    row: VenueLead | None,
    form: LeadForm,
    criteria: list[VenueCriterion],
) -> bool:
    given = dict(form.cleaned_data)
    people = {str(one.person_id): one.person for one in found.gathering.organisers.all()}
    if row is not None and row.owner is not None:
        people[str(row.owner_id)] = row.owner
    given["owner"] = people.get(given["owner"])
    values = {one.pk: _value(request, one) for one in criteria}
    try:
        venues.save_lead(found, row, venues.About(**given), values, person_of(request))
    except Invalid as error:
        form.refuse(error)
        return False
    return True


def _value(request: HttpRequest, one: VenueCriterion) -> rules.Value:
    typed = request.POST.get(f"figure-{one.pk}", "").strip().replace(",", ".")
    words = printable(" ".join(request.POST.get(f"words-{one.pk}", "").split()))[:300]
    try:
        figure = Decimal(typed).quantize(Decimal("0.01")) if typed else None
    except InvalidOperation:
        return rules.Value(None, words or typed[:300])  # no figure: the words are kept
    if figure is not None and not (figure.is_finite() and 0 <= figure < 10**8):
        return rules.Value(None, words)
    return rules.Value(figure, words)


def _cells(
    request: HttpRequest | None, row: VenueLead | None, criteria: list[VenueCriterion]
) -> list[tuple[VenueCriterion, rules.Value]]:
    if request is not None:
        return [(one, _value(request, one)) for one in criteria]
    kept = {one.criterion_id: one for one in row.values.all()} if row else {}
    found = []
    for one in criteria:
        value = kept.get(one.pk)
        found.append((one, rules.Value(value.figure, value.words) if value else rules.Value()))
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Add what is compared, or change it."""
    gathering = gathering_of(request, slug, "venue:search")
    found = _search(gathering)
    row = found.criteria.filter(pk=number).first() if number is not None else None
    if number is not None and row is None:
        raise Http404
    names = ("measure", "wanted", "weight")
    first = {name: getattr(row, name) for name in names} if row else {}
    first |= {"name": row.title} if row else {}
    form = CriterionForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["measure"] = rules.Measure(given["measure"])
        try:
            values = rules.Criterion(id=row.pk if row else 0, **given)
            venues.save_criterion(found, row, values, person_of(request))
            return redirect("venues", slug)
        except Invalid as error:
            form.refuse(error)
    values_ = {"gathering": gathering, "criterion": row, "form": form}
    return page(request, "pages/days/criterion.html", values_, status=400 if form.errors else 200)
