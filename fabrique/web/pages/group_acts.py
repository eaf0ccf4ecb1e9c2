"""What the group does with seats, from the page of who registered."""

from __future__ import annotations

import csv
import io
import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from fabrique.actions import seats
from fabrique.actions.policy.gatherings import tier_for
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.seat import Fairness
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering, Person
from fabrique.web.numbers import size_of, whole
from fabrique.web.pages.registrations import group_of, shown

MOST = 2000  # people in one list


@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Do what the group decides of seats, then show the page again."""
    gathering, by, now = group_of(request, slug)
    try:
        ACTS[request.POST.get("do", "")](request, gathering, by, now)
    except KeyError:
        raise Http404(slug) from None
    except seats.Asks as question:
        asks = {"asks": question.text, "again": request.POST.dict()}
        return shown(request, gathering, now, more=asks)
    except Invalid as error:
        return shown(request, gathering, now, error.text)
    return redirect("registrations", slug)


def pool_of(request: HttpRequest, gathering: Gathering) -> int:
    """Read which seats are meant; raise `Invalid`."""
    pool = whole(request.POST.get("pool", ""))
    if not gathering.pools.filter(pk=pool).exists():
        raise Invalid(Text("Choose which seats."))
    return pool


def _capacity(request: HttpRequest, gathering: Gathering, by: Person, now: datetime) -> None:
    size, sure = size_of(request.POST.get("size", "")), bool(request.POST.get("sure"))
    seats.capacity(pool_of(request, gathering), size, now, by, sure=sure)


def _open(request: HttpRequest, gathering: Gathering, by: Person, _now: datetime) -> None:
    post = request.POST
    kind = post.get("kind", "")
    if kind not in ("site", "remote", "antenna", "workshop"):
        raise Invalid(Text("Choose which seats."))
    size, place = size_of(post.get("size", "")), post.get("place", "")[:200]
    seats.open_pool(gathering, kind, post.get("title", "")[:200], size, by, place)


def _forget(request: HttpRequest, gathering: Gathering, by: Person, _now: datetime) -> None:
    seats.forget_pool(pool_of(request, gathering), by)


def _order(request: HttpRequest, gathering: Gathering, by: Person, _now: datetime) -> None:
    rule = request.POST.get("fairness", "")
    if rule not in set(Fairness):
        raise Invalid(Text("Choose who is first."))
    seats.order(gathering, Fairness(rule), by)


def _draw(_request: HttpRequest, gathering: Gathering, by: Person, now: datetime) -> None:
    seats.draw(gathering, secrets.token_hex(8), now, by)


def _add(request: HttpRequest, gathering: Gathering, by: Person, now: datetime) -> None:
    """Bring in one person, or a list: a line each, “name;address”."""
    pool, words = pool_of(request, gathering), request.POST.get("people", "")
    entries = [_entry(line, gathering, pool, now) for line in _lines(words)]
    seats.enter_many(entries, pool, now, by)


def _lines(words: str) -> list[list[str]]:
    words = words.replace("\t", ";").lstrip("\ufeff")
    rows = [row for row in csv.reader(io.StringIO(words), delimiter=";") if any(row)]
    if not 0 < len(rows) <= MOST:
        raise Invalid(Text("Write a person a line: name; address."))
    return rows


def _entry(line: list[str], gathering: Gathering, pool: int, now: datetime) -> seats.Entry:
    cells = [" ".join(cell.split()) for cell in line]
    email = next((cell.lower() for cell in cells if "@" in cell), "")
    name = next((cell for cell in cells if cell and "@" not in cell), email)[:80]
    try:
        validate_email(email)
    except ValidationError:
        said_ = {"line": "; ".join(cells)}
        raise Invalid(
            Text("“{line}” has no e-mail address that works: nobody was added.", said_)
        ) from None
    person = Person.objects.filter(email=email, is_active=True).first()
    tier = tier_for(Viewer(person, timezone.localdate(now)), gathering) if person else Tier.GUEST
    return seats.Entry(
        id=uuid.uuid4(),
        pool=pool,
        email=email,
        name=name,
        tier=tier,
        language=person.language if person else gathering.language,
        person=person,
    )


def _absent(_request: HttpRequest, gathering: Gathering, by: Person, now: datetime) -> None:
    seats.absent(gathering, now, by)


ACTS: Mapping[str, Callable[[HttpRequest, Gathering, Person, datetime], None]] = {
    "capacity": _capacity,
    "open": _open,
    "forget": _forget,
    "order": _order,
    "draw": _draw,
    "add": _add,
    "absent": _absent,
}
