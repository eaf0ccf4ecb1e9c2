"""Who sits where, by hand or from a file: shown before anything is done, then asked of the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid, Text
from fabrique.importers.seating import Matched, match, read_seating
from fabrique.store.here import first_plan_of, here, kinds
from fabrique.store.journal import Head
from fabrique.web.seats import session_of, token_of

LARGEST = 512 * 1024  # bytes of a file of names
NOTHING = Matched((), {}, (), ())


class Person(Struct, frozen=True):
    """Somebody who is here; `table` from 1, none if nobody said."""

    id: str
    name: str
    number: int
    heads: int
    table: int | None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show who is here with a table each; a file fills it in, and changes nothing yet."""
    head = session_of(request, code)
    token, _ = token_of(request, head, "screen:console")
    session, names = _read(head)
    matched, refused = _given(request, names)
    values = {
        "head": head,
        "plan": session.plan,
        "token": token,
        "matched": matched,
        "refused": refused,
        "people": _people(session, names, matched),
        "titles": matched.titles or tuple(one.title for one in session.groups.now),
    }
    return render(request, "pages/seating.html", values, status=400 if refused else 200)


def _read(head: Head) -> tuple[Session, dict[str, str]]:
    session = fold(Session(first_plan_of(head)), here().read(head.id), kinds())
    names = {who: one.name for who, one in here().names(head.id).items() if who in session.people}
    return session, names


def _given(request: HttpRequest, names: dict[str, str]) -> tuple[Matched, Invalid | None]:
    file = request.FILES.get("file")
    if file is None:
        return NOTHING, None
    if (file.size or 0) > LARGEST:
        limit = {"limit": LARGEST // 1024}
        return NOTHING, Invalid(Text("This file is larger than {limit} KB.", limit))
    turn = request.POST.get("round", "")[:3]
    try:
        return match(read_seating(file.read(), int(turn) if turn.isdecimal() else 1), names), None
    except Invalid as error:
        return NOTHING, error


def _people(session: Session, names: dict[str, str], matched: Matched) -> list[Person]:
    now = {one.id: one.number for one in session.groups.now}
    found = []
    for number, (who, one) in enumerate(session.people.items(), 1):
        if one.present and who not in session.conduct.expelled:
            place = matched.of.get(who)
            said = now.get(session.groups.of.get(who, "")) if not matched.titles else None
            table = said if place is None else place + 1
            found.append(Person(who, names.get(who, ""), number, one.heads, table))
    return found
