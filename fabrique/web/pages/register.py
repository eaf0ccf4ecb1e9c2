"""Register to a gathering: with an account or without, with a script or without."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions import seats
from fabrique.actions.policy.gatherings import tier_for
from fabrique.actions.registration_letters import tell, token_of
from fabrique.actions.registrations import asked_of, judged, mine
from fabrique.actions.seats.enter import Again
from fabrique.domain.asked import Wrong
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text, Words
from fabrique.store.models import Gathering, Registration
from fabrique.web.form_fields import fields, given
from fabrique.web.numbers import whole
from fabrique.web.register_box import register_box
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

LONGEST_NAME = 80
TRAP = "website"  # nobody sees this field, so nobody fills it; robots do
NAME = Text("What is your name? It has {limit} characters at most.")
ADDRESS = Text("This does not look like an e-mail address: check it.")
WHICH = Text("Choose where you come.")
AGAIN = Text(
    "This address is registered here already: nothing changed. Its link was sent to it again."
)


class Sent(Struct):
    """What a browser sent, and a sentence for each field that does not fit."""

    id: uuid.UUID
    name: str = ""
    email: str = ""
    pool: int = 0
    beside: tuple[int, ...] = ()
    answers: Mapping[str, Any] = {}
    wrong: dict[str, Words] = {}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or take a seat."""
    gathering, now = gathering_of(request, slug), timezone.now()
    if request.method != "POST":
        return _form(request, gathering, _fresh(request), now)
    if request.POST.get(TRAP):
        return page(request, "pages/register-thanks.html", {"gathering": gathering})
    sent = _sent(request, gathering, now)
    if sent.wrong:
        return _form(request, gathering, sent, now, 400)
    try:
        row = _enter(request, gathering, sent, now)
    except Again as error:
        return _again(request, gathering, sent, error.row, now)
    except Invalid as error:
        sent.wrong = {"": error.text}
        return _form(request, gathering, sent, now, 409)
    return _led(f"/r/{token_of(row.pk)}/")


def _led(address: str) -> HttpResponse:
    response = redirect(address)
    response.status_code = 303
    return response


def _fresh(request: HttpRequest) -> Sent:
    person = viewer(request).person
    if person is None:
        return Sent(uuid.uuid4())
    return Sent(uuid.uuid4(), person.name, person.email)


def _sent(request: HttpRequest, gathering: Gathering, now: datetime) -> Sent:
    post, person = request.POST, viewer(request).person
    sent = Sent(
        _uuid(post.get("id", "")),
        " ".join(post.get("name", "").split()),
        person.email if person else post.get("email", "").strip().lower(),
        whole(post.get("pool", "")),
        tuple(whole(one) for one in post.getlist("beside")),
        given(post, asked_of(gathering)),
    )
    wrong: dict[str, Words] = {}
    if not sent.name or len(sent.name) > LONGEST_NAME or not _is_plain(sent.name):
        wrong["name"] = Text(NAME.msgid, {"limit": LONGEST_NAME})
    if person is None and not _is_address(sent.email):
        wrong["email"] = ADDRESS
    kinds = dict(gathering.pools.values_list("pk", "kind"))
    if kinds.get(sent.pool, "workshop") == "workshop":
        wrong["pool"] = WHICH
    sent.beside = tuple(one for one in sent.beside if kinds.get(one) == "workshop")
    try:
        sent.answers = judged(gathering, dict(sent.answers), now)
    except Wrong as error:
        wrong |= error.fields
    sent.wrong = wrong
    return sent


def _enter(request: HttpRequest, gathering: Gathering, sent: Sent, now: datetime) -> Registration:
    looking = viewer(request)
    entry = seats.Entry(
        id=sent.id,
        pool=sent.pool,
        email=sent.email,
        name=sent.name,
        tier=tier_for(looking, gathering),
        language=get_language() or "fr",
        person=looking.person,
        answers=dict(sent.answers),
    )
    return seats.enter_with(entry, sent.beside, now)


def _again(
    request: HttpRequest, gathering: Gathering, sent: Sent, row: Registration, now: datetime
) -> HttpResponse:
    """Lead whoever is signed in to their own; to others say nothing of what it has become."""
    own = mine(viewer(request).person, gathering)
    if own is not None and own.pk == row.pk:
        return _led(f"/r/{token_of(row.pk)}/")
    tell(row, gathering, "again", now)
    sent.wrong = {"": AGAIN}
    return _form(request, gathering, sent, now, 409)


def _form(
    request: HttpRequest, gathering: Gathering, sent: Sent, now: datetime, status: int = 200
) -> HttpResponse:
    zone = ZoneInfo(gathering.zone)
    looking = viewer(request)
    box = register_box(looking, gathering, now)
    values = {
        "gathering": gathering,
        "box": box,
        "sent": sent,
        "wrong": sent.wrong,
        "trap": TRAP,
        "when": gathering.starts_at.astimezone(zone) if gathering.starts_at else None,
        "mains": [one for one in box.lines if one.kind != "workshop"],
        "antennas": any(one.kind == "antenna" for one in box.lines),
        "besides": [one for one in box.lines if one.kind == "workshop"],
        "fields": fields(
            asked_of(gathering), sent.answers, sent.wrong, now.astimezone(zone).date()
        ),
        "kept": max((one.rule.kept for one in asked_of(gathering)), default=0),
    }
    return page(request, "pages/register.html", values, status)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _is_plain(name: str) -> bool:
    try:
        read(name, Line)
    except Invalid:
        return False
    return True


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
