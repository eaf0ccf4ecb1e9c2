"""What the group does with registrations beside giving seats: reads, marks, writes, forgets."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from fabrique.actions.history import note
from fabrique.actions.outbox import Letter, put
from fabrique.actions.registration_letters import NOBODY
from fabrique.actions.seats.hold import form_of
from fabrique.actions.seats.settle import queue
from fabrique.domain.asked import Asked, Kinds, outlived, read_answers, read_form
from fabrique.domain.registry import discover
from fabrique.domain.seat import ACTIVE, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Form, Gathering, Happening, Person, Registration

NOTHING_SAID = Text("Write a subject and some words.")
NOBODY_THERE = Text("Nobody is in this list.")


def kinds_of_questions() -> Kinds:
    """Give the kinds that a form may ask."""
    found: Kinds = discover("fabrique.questions")
    return found


def asked_of(gathering: Gathering) -> tuple[Asked, ...]:
    """Give what is asked to register."""
    return read_form(form_of(gathering).asked, kinds_of_questions())


def judged(gathering: Gathering, given: dict[str, dict[str, Any]], now: datetime) -> dict[str, Any]:
    """Read what somebody answered; raise `Wrong`."""
    today = now.astimezone(ZoneInfo(gathering.zone)).date()
    return read_answers(asked_of(gathering), given, today, kinds_of_questions())


@transaction.atomic
def answer(registration: UUID, answers: dict[str, Any], by: Person | None) -> None:
    """Keep other answers than before."""
    row = Registration.objects.get(pk=registration)
    row.answers = answers
    row.save(update_fields=["answers"])
    note("registration.answered", row, by)


@transaction.atomic
def mark_paid(row: Registration, by: Person, *, paid: bool) -> None:
    """Say by hand that somebody paid, or did not."""
    row.paid = paid
    row.save(update_fields=["paid"])
    note("registration.paid", row, by, paid=paid)


def position(row: Registration) -> int:
    """Say what number somebody is in their queue; 0 for whoever does not wait."""
    if row.state != Seat.WAITING:
        return 0
    before: int = queue(row.pool).filter(rank__lt=row.rank).count()
    return before + 1


def mine(person: Person | None, gathering: Gathering) -> Registration | None:
    """Give the place that a signed-in person holds in a gathering."""
    if person is None:
        return None
    rows = gathering.registrations.filter(person=person, main=True, state__in=sorted(ACTIVE))
    return rows.select_related("pool").order_by("queued_at", "id").first()


def listed(gathering: Gathering) -> list[Registration]:
    """Give everybody who ever asked for a seat, by pool, then state and rank."""
    rows = gathering.registrations.select_related("pool")
    order = {state.value: place for place, state in enumerate(Seat)}
    found = list(rows.order_by("pool", "rank", "queued_at", "id"))
    return sorted(found, key=lambda row: (row.pool_id, order[row.state]))


def mobilised(gathering: Gathering) -> list[tuple[date, int]]:
    """Give how many people were in on each day: came in, less those who left."""
    ids = [f"registration:{pk}" for pk in gathering.registrations.values_list("pk", flat=True)]
    steps: Counter[date] = Counter()
    zone = ZoneInfo(gathering.zone)
    for at, verb in _entered_and_left(ids):
        steps[at.astimezone(zone).date()] += 1 if verb in CAME else -1
    total, found = 0, []
    for day in sorted(steps):
        total += steps[day]
        found.append((day, total))
    return found


CAME = frozenset({"registration.entered", "registration.walked_in"})
LEFT = frozenset({f"registration.{one.value}" for one in set(Seat) - ACTIVE - {Seat.NO_SHOW}})
SLICE = 500  # names a statement


def _entered_and_left(ids: Sequence[str]) -> Iterable[tuple[datetime, str]]:
    for at in range(0, len(ids), SLICE):
        rows = Happening.objects.filter(about__in=ids[at : at + SLICE], verb__in=CAME | LEFT)
        yield from rows.values_list("at", "verb")


def draft_letters(
    rows: Iterable[Registration], subject: str, words: str, now: datetime, by: Person
) -> int:
    """Put the same letter to each of them, as drafts that a person reads before they leave."""
    if not subject.strip() or not words.strip():
        raise Invalid(NOTHING_SAID)
    to = {row.email: row for row in rows if not row.email.endswith(NOBODY)}
    if not to:
        raise Invalid(NOBODY_THERE)
    digest = hashlib.sha256(f"{subject}\n{words}".encode()).hexdigest()[:16]
    with transaction.atomic():
        for email, row in to.items():
            about = f"gathering:{row.gathering_id}"
            letter = Letter(relay="email", to=email, subject=subject, body=words, about=about)
            put(letter, f"letter:{row.pk}:{digest}", now)
        gathering = Gathering(pk=next(iter(to.values())).gathering_id)
        note("gathering.letter", gathering, by, subject=subject, people=len(to))
    return len(to)


@transaction.atomic
def keep_form(gathering: Gathering, changes: dict[str, Any], by: Person) -> Form:
    """Keep what the group decided of the form; raise `Invalid` for what cannot be asked."""
    if "asked" in changes:
        read_form(changes["asked"], kinds_of_questions())
    form, _ = Form.objects.update_or_create(gathering=gathering, defaults=changes)
    note("form.kept", gathering, by, changed=sorted(changes))
    return form


def forget_answers(now: datetime) -> int:
    """Erase the answers that have served: each question says how long; give how many went."""
    gone = 0
    rows = Registration.objects.exclude(answers={}).filter(gathering__ends_at__lt=now)
    for row in rows.select_related("gathering__form"):
        over = row.gathering.ends_at
        assert over is not None  # noqa: S101 - asked for above
        old = outlived(asked_of(row.gathering), row.answers, over.date(), now.date())
        if old:
            row.answers = {name: a for name, a in row.answers.items() if name not in old}
            row.save(update_fields=["answers"])
            gone += len(old)
    return gone
