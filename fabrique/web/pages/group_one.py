"""One registration, for the group: its answers, its history, what they decide of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import registrations, seats
from fabrique.actions.history import told
from fabrique.domain.asked import said
from fabrique.domain.seat import ACTIVE, NAMES, Seat
from fabrique.domain.text import Invalid
from fabrique.store.models import Person, Registration
from fabrique.web.numbers import size_of
from fabrique.web.pages.group_acts import pool_of
from fabrique.web.pages.registrations import group_of
from fabrique.web.site import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Show one registration and its history; do what the group decides of it."""
    gathering, by, now = group_of(request, slug)
    row = gathering.registrations.select_related("pool", "person").filter(pk=pk).first()
    if row is None:
        raise Http404(slug)
    refusal = None
    if request.method == "POST":
        try:
            _one(request, row, by, now)
        except Invalid as error:
            refusal = error.text
        else:
            return redirect("registration-one", slug, pk)
    answers = said(registrations.asked_of(gathering), row.answers)
    questions = registrations.asked_of(gathering)
    values = {
        "gathering": gathering,
        "row": row,
        "state": NAMES[Seat(row.state)],
        "active": row.state in ACTIVE,
        "position": registrations.position(row),
        "answers": [(q.question.title, answers.get(q.question.id, "—")) for q in questions],
        "past": told(row, ZoneInfo(gathering.zone)),
        "pools": gathering.pools.exclude(pk=row.pool_id).exclude(kind="workshop"),
        "refusal": refusal,
    }
    return page(request, "pages/registration-one.html", values, 409 if refusal else 200)


def _one(request: HttpRequest, row: Registration, by: Person, now: datetime) -> None:
    do = request.POST.get("do", "")
    if do == "paid":
        registrations.mark_paid(row, by, paid=request.POST.get("paid") == "1")
    elif do == "cancel":
        seats.cancel(row.pk, now, by)
    elif do == "change":
        seats.change(row.pk, pool_of(request, row.gathering), now, by)
    elif do == "move":
        place = size_of(request.POST.get("place", "")) or 1
        seats.reorder(row.pk, place, request.POST.get("reason", "")[:500], now, by)
    else:
        raise Http404(do)
