"""The call for contributions: opened by the group, answered by anybody, with or without account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from msgspec import Struct

from fabrique.actions.access import NoAccess
from fabrique.actions.history import name_of, note
from fabrique.actions.outbox import Letter, put
from fabrique.actions.programme.draft import drop_item
from fabrique.domain.call import Asked, State, Window, answers, move, questions, window
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Call, Contribution, Gathering, Person

MOST = 2000  # contributions a call
MOST_EACH = 10  # of one address
_SALT = "fabrique.contribution"
CLOSED = Text("The call is closed: nothing was sent. What you wrote is below, copy it if you like.")
KEPT = Text("{title}: your draft is kept")
SENT = Text("{title}: your contribution was received")
BODY = Text(
    "Hello {name},\n\n“{work}” is {state}. You can read it again, change it while the call is open "
    "(until {until}), or withdraw it, on this page:\n{link}\n\nThis link is yours: whoever has it "
    "can do the same. Nothing happens before you press a button there.\n"
)
IS_KEPT, IS_SENT = Text("kept as a draft; it has not been sent"), Text("received, thank you")


class Given(Struct, frozen=True, kw_only=True):
    """What somebody proposes."""

    name: str
    email: str
    title: str
    about: str
    kind: str
    language: str
    minutes: int
    answers: Mapping[str, list[str]] = {}


@transaction.atomic
def open_call(
    gathering: Gathering,
    about: str,
    span: tuple[datetime, datetime],
    asked: tuple[Asked, ...],
    by: Person,
) -> Call:
    """Open a call or change it; raise `Invalid` where it would close before it opens."""
    opens_at, closes_at = span
    if closes_at <= opens_at:
        raise Invalid(Text("A call closes after it opens."), "closes_at")
    values = {
        "about": about,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "questions": msgspec.to_builtins(asked),
    }
    call, new = Call.objects.update_or_create(gathering=gathering, defaults=values)
    note("call.opened" if new else "call.changed", gathering, by, closes=closes_at.isoformat())
    return call


def open_now(call: Call, now: datetime) -> bool:
    """Say whether it takes contributions."""
    return window(call.opens_at, call.closes_at, now) is Window.OPEN


@transaction.atomic
def contribute(
    call: Call, given: Given, person: Person | None, now: datetime, *, send: bool
) -> Contribution:
    """Keep a contribution, as a draft or sent; its author gets a link by mail. Raises `Invalid`."""
    Call.objects.filter(pk=call.pk).update(about=F("about"))  # one at a time: the limits below hold
    email = given.email.strip().lower()
    _checked(email)
    rows = call.contributions.exclude(state=State.WITHDRAWN)
    if rows.count() >= MOST or rows.filter(email=email).count() >= MOST_EACH:
        raise Invalid(Text("No more contributions are taken from here: write to the organisers."))
    made = Contribution(call=call, email=email, person=person, created_at=now)
    return _write(made, given, now, send=send)


@transaction.atomic
def rewrite(row: Contribution, given: Given, now: datetime, *, send: bool) -> Contribution:
    """Change a contribution while the call is open; who wrote it stays. Raises `Invalid`."""
    if row.state not in (State.DRAFT, State.SENT):
        raise Invalid(Text("It was decided on meanwhile: it can no longer be changed."))
    return _write(row, given, now, send=send)


def _checked(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        said = Text("This does not look like an e-mail address: check it, nothing was kept.")
        raise Invalid(said, "email") from None


def _write(row: Contribution, given: Given, now: datetime, *, send: bool) -> Contribution:
    if not open_now(row.call, now):
        raise Invalid(CLOSED)
    new = row._state.adding  # noqa: SLF001 - Django's API
    whole = send or row.state == State.SENT
    row.answers = answers(questions(row.call.questions), given.answers, whole=whole)
    for name in ("name", "title", "about", "kind", "language", "minutes"):
        setattr(row, name, getattr(given, name))
    sent = send and row.state == State.DRAFT
    if sent:
        row.state, row.sent_at = move(row.state, State.SENT).value, now
    row.save()
    verb = "sent" if sent else "drafted" if new else "rewritten"
    note(f"contribution.{verb}", row, row.person)
    if new or sent:
        put(_receipt(row), f"contribution:{row.pk}:{row.state}", now, released=True)
    return row


def _receipt(row: Contribution) -> Letter:
    tongue = language(row.language)
    gathering = row.call.gathering
    said: dict[str, Any] = {
        "name": row.name,
        "title": gathering.title,
        "work": row.title,
        "state": IS_SENT if row.state == State.SENT else IS_KEPT,
        "until": tongue.moment(in_zone(row.call.closes_at, gathering)),
        "link": contribution_link(row),
    }
    subject = SENT if row.state == State.SENT else KEPT
    return Letter(
        relay="email",
        to=row.email,
        subject=tongue.say(Text(subject.msgid, said)),
        body=tongue.say(Text(BODY.msgid, said)),
        about=name_of(row),
    )


def in_zone(at: datetime, gathering: Gathering) -> datetime:
    """Bring a moment to the clocks of a gathering."""
    return at.astimezone(ZoneInfo(gathering.zone))


@transaction.atomic
def answer(row: Contribution, after: State, by: Person | None) -> None:
    """Confirm or withdraw, as its author; what is withdrawn leaves the draft of the programme."""
    Contribution.objects.filter(pk=row.pk).update(rounds=F("rounds"))
    row.refresh_from_db()
    row.state = move(row.state, after).value
    row.pending = "" if after is State.WITHDRAWN else row.pending
    row.save(update_fields=["state", "pending"])
    note(f"contribution.{after.value}", row, by)
    item = getattr(row, "item", None)
    if after is State.WITHDRAWN and item is not None:
        drop_item(item, by)


def contribution_link(row: Contribution) -> str:
    """Give the address of an author's own page."""
    token = Signer(salt=_SALT).sign(str(row.pk))
    return f"{settings.PUBLIC_URL}/g/{row.call.gathering.slug}/call/{token}/"


def read_contribution(gathering: Gathering, token: str) -> Contribution:
    """Find the contribution that a link is of; raise `NoAccess` for a link of nobody's."""
    try:
        name = Signer(salt=_SALT).unsign(token)
    except BadSignature:
        raise NoAccess from None
    rows = Contribution.objects.filter(call__gathering=gathering, pk=name)
    found = rows.select_related("call__gathering", "person", "item").first()
    if found is None:
        raise NoAccess
    return found
