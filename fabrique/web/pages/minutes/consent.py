"""How people were told of the recording, and objections: for those who write the minutes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions.history import note
from fabrique.actions.minutes import consent as verbs
from fabrique.actions.minutes.sources import archive_of
from fabrique.domain.cited import moment
from fabrique.domain.formulas import guarded
from fabrique.domain.text import Invalid, Text
from fabrique.formats.csv import MARK
from fabrique.store.models import Minutes, Objection, Person
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.minutes.heard import day_of
from fabrique.web.pages.minutes.moments import moment_of
from fabrique.web.site import page

Given = Mapping[str, str]
HEAD = ("what", "when", "who", "words", "answer", "answered", "by")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the ledger; say how people were told, write an objection down, answer one."""
    found, me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            ACTS.get(request.POST.get("do", ""), _unknown)(request.POST, found, me)
            return redirect("minutes-consent", found.pk)
        except Invalid as error:
            refused = error
    values = {
        **shared(found, "words"),
        "ledger": verbs.ledger(found.session),
        "screens": verbs.on_screens(archive_of(found)[1]),
        "objections": [(one, _span(one)) for one in verbs.objections(found.session)],
        "until": verbs.recorded_until(found.session),
        "refused": refused,
        "given": request.POST if refused else {},
    }
    return page(request, "pages/minutes/consent.html", values, 400 if refused else 200)


def _span(row: Objection) -> str:
    answer = getattr(row, "answer", None)
    return " – ".join(map(moment, answer.span)) if answer and answer.span else ""


def _unknown(_given: Given, _found: Minutes, _me: Person) -> None:
    raise Invalid(Text("Choose one of what is offered."))


def _told(given: Given, found: Minutes, me: Person) -> None:
    until = day_of(given.get("kept_until", ""))
    verbs.declare(found, given.get("words", ""), until, me, timezone.now())


def _written(given: Given, found: Minutes, me: Person) -> None:
    who = verbs.Objector(given.get("name", ""), written_by=me)
    verbs.objected(found.session, who, given.get("words", ""), timezone.now())
    note("minutes.objection", found, me)


def _cut(given: Given, found: Minutes, me: Person) -> None:
    span = moment_of(given.get("start", ""), "start"), moment_of(given.get("end", ""), "end")
    verbs.cut(found, given.get("objection", ""), span, me, timezone.now())


def _decline(given: Given, found: Minutes, me: Person) -> None:
    verbs.decline(found, given.get("objection", ""), given.get("reason", ""), me, timezone.now())


ACTS: Mapping[str, Callable[[Given, Minutes, Person], None]] = {
    "told": _told,
    "write": _written,
    "cut": _cut,
    "decline": _decline,
}


@never_cache
@require_safe
def as_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the ledger as a table."""
    found, _me = minutes_of(request, pk)
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    sheet.writerow(HEAD)
    sheet.writerows([guarded(one) for one in row] for row in _rows(found))
    response = HttpResponse(MARK + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}-consent.csv"'
    return response


def _rows(found: Minutes) -> list[tuple[str, ...]]:
    told: list[tuple[str, ...]] = [
        ("told", one.at.isoformat(), one.by.named if one.by else one.by_name, one.words, "", "", "")
        for one in verbs.ledger(found.session)
    ]
    objected: list[tuple[str, ...]] = []
    for one in verbs.objections(found.session):
        answer = getattr(one, "answer", None)
        words = f"{answer.verdict} {_span(one) or answer.words}" if answer else ""
        when = answer.at.isoformat() if answer else ""
        by = answer.by.named if answer and answer.by else ""
        objected.append(("objection", one.at.isoformat(), one.name, one.words, words, when, by))
    return told + objected
