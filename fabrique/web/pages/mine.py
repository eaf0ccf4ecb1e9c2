"""What I sent: everything the journal keeps of one person in one session, for their eyes alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from msgspec import structs

from fabrique.actions import document
from fabrique.domain.cover import in_zone
from fabrique.domain.entry import Entry
from fabrique.domain.own import Did, own
from fabrique.domain.session import Session, fold
from fabrique.store.here import kinds
from fabrique.web.seats import session_of, token_of


@never_cache
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the person of this seat did, with the line of the journal that keeps it."""
    head = session_of(request, code)
    _, seat = token_of(request, head, "screen:phone")
    if not seat.participant:  # a facilitator has no answers of their own
        return redirect("session", head.code)
    whole = document.whole(head.id)
    session = fold(Session(whole.plan), whole.entries, kinds())
    me = session.people.get(seat.participant)
    values = {
        "head": head,
        "plan": session.plan,
        "heads": me.heads if me else seat.heads,
        "did": _did(session, seat.participant, whole.entries),
        "days": session.pace.until is not None,  # a moment needs its day
    }
    return render(request, "pages/mine.html", values)


def _did(session: Session, who: str, entries: Iterable[Entry]) -> list[Did]:
    """Give what somebody did, its moments by the clocks of the session."""
    zone, found = session.plan.timezone, own(session, kinds(), who, entries)
    return [structs.replace(one, at=in_zone(one.at, zone)) for one in found]
