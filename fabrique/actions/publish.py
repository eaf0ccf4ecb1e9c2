"""Announce, publish, postpone, cancel: each leaves a line, and drafts of what is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from fabrique.actions.history import note
from fabrique.actions.news import queue
from fabrique.actions.seats import open_usual
from fabrique.domain.announcement import Happens
from fabrique.domain.gathering import State, move
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Person

NO_DATE = Text("There is no date yet: give one on the page “Edit”, then come back.")
PAST = Text("This date is past: give another one on the page “Edit”, then come back.")
NO_END = Text("There is no end yet: say until when it lasts on the page “Edit”.")
NO_PLACE = Text(
    "People are invited on site, and there is no place yet: give it on the page “Edit”."
)
NO_QUESTION = Text(
    "Nothing says yet what it is about: write a question or a few lines on the page “Edit”."
)
NO_REASON = Text("Say why in a sentence: it is the first thing that people will ask.")
LONG_REASON = Text("A reason has at most {limit} characters.")
MEANWHILE = Text("Somebody changed this gathering meanwhile: look at it again, then decide.")
REASON, UNTIL = 500, 100


def announce(gathering: Gathering, by: Person, now: datetime) -> Gathering:
    """Have the date kept: no venue or form yet. Raises `Invalid`."""
    move(State(gathering.state), State.ANNOUNCED)
    _check_date(gathering, now)
    return _become(gathering, State.ANNOUNCED, by, now, reason="", until_when="")


def publish(
    gathering: Gathering,
    by: Person,
    now: datetime,
    seats: Mapping[str, int | None] | None = None,
) -> Gathering:
    """Open it to its audience; raise `Invalid` where something that people need is missing.

    `seats` opens those that it has not yet, so many by kind (None: as many as come); without it
    nothing is opened, and people come without registering.
    """
    move(State(gathering.state), State.PUBLISHED)
    _check_date(gathering, now)
    if gathering.ends_at is None:
        raise Invalid(NO_END)
    if gathering.mode != "remote" and not gathering.place.strip():
        raise Invalid(NO_PLACE)
    if not (gathering.question.strip() or gathering.about.strip()):
        raise Invalid(NO_QUESTION)
    first: dict[str, Any] = {} if gathering.published_at else {"published_at": now}
    return _become(
        gathering, State.PUBLISHED, by, now, seats=seats, reason="", until_when="", **first
    )


def postpone(
    gathering: Gathering, by: Person, now: datetime, *, reason: str, until_when: str
) -> Gathering:
    """Put it off, saying why and until when, in people's words: "the autumn". Raises `Invalid`."""
    move(State(gathering.state), State.POSTPONED)
    said: dict[str, Any] = {
        "reason": _reason(reason),
        "until_when": " ".join(until_when.split())[:UNTIL],
    }
    return _become(gathering, State.POSTPONED, by, now, **said)


def cancel(gathering: Gathering, by: Person, now: datetime, *, reason: str) -> Gathering:
    """Call it off for good, saying why. Raises `Invalid`."""
    move(State(gathering.state), State.CANCELLED)
    return _become(gathering, State.CANCELLED, by, now, reason=_reason(reason), until_when="")


def _become(
    gathering: Gathering,
    state: State,
    by: Person,
    now: datetime,
    seats: Mapping[str, int | None] | None = None,
    **values: Any,
) -> Gathering:
    before = gathering.state
    with transaction.atomic():
        # Written first, and only from what whoever decides has seen.
        seen = Gathering.objects.filter(pk=gathering.pk, state=before, sequence=gathering.sequence)
        changed = seen.update(
            state=state.value, sequence=F("sequence") + 1, changed_at=now, **values
        )
        if not changed:
            raise Invalid(MEANWHILE)
        gathering.refresh_from_db()
        if seats is not None:  # before anything is told: the words say whether one registers
            open_usual(gathering, seats, by)
        count = queue(gathering, Happens(state.value), now)
        note(f"gathering.{state}", gathering, by, before=before, drafts=count, **_plain(values))
    return gathering


def _plain(values: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in values.items() if isinstance(value, str) and value}


def _check_date(gathering: Gathering, now: datetime) -> None:
    if gathering.starts_at is None:
        raise Invalid(NO_DATE)
    if gathering.starts_at <= now:
        raise Invalid(PAST)


def _reason(words: str) -> str:
    reason = words.strip()
    if not reason:
        raise Invalid(NO_REASON, "reason")
    if len(reason) > REASON:
        raise Invalid(Text(LONG_REASON.msgid, {"limit": REASON}), "reason")
    return reason
