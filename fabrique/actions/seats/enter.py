"""Ask for a seat: by oneself, by hand, by a list."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fabrique.actions.history import note
from fabrique.actions.registration_letters import tell
from fabrique.actions.seats.hold import TWICE, before_draw, form_of, held, window_of
from fabrique.actions.seats.settle import OFFERING, offering_until, settle
from fabrique.domain.gathering import State
from fabrique.domain.seat import ACTIVE, Fairness, Gauge, Seat, rank_of
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.domain.window import check_open
from fabrique.store.models import Person, Pool, Registration
from fabrique.store.models.registration import BESIDE

NOT_YET = Text("One cannot register to this gathering at the moment.")


class Entry(Struct, frozen=True, kw_only=True):
    """Who asks for a seat of which pool; `id` was made with the form, so that it is sent once."""

    id: uuid.UUID
    pool: int
    email: str
    name: str
    tier: Tier
    language: str = "fr"
    person: Person | None = None
    answers: dict[str, Any] = {}


class Again(Invalid):
    """The address holds a place already: `row` is it."""

    def __init__(self, row: Registration) -> None:
        super().__init__(TWICE)
        self.row = row


def enter(entry: Entry, now: datetime, by: Person | None = None) -> Registration:
    """Give a seat, or the last rank of the queue; raise `Invalid` and change nothing.

    The same form sent twice is one row. `by`: somebody of the group, whom no window stops.
    """
    with held(entry.pool) as (pool,):
        return _enter(pool, entry, now, by)


def enter_with(entry: Entry, beside: Collection[int], now: datetime) -> Registration:
    """Give a seat, and one of each pool that takes place beside it: all of it, or nothing.

    Whoever is beside already stays there. Raises `Invalid`.
    """
    with held(entry.pool, *beside) as pools:
        found = {pool.pk: pool for pool in pools}
        row = _enter(found[entry.pool], entry, now, None)
        for pool in beside:
            own = uuid.uuid5(entry.id, str(pool))  # the same form sent twice is one row there too
            with suppress(Again):
                _enter(found[pool], replace(entry, id=own, pool=pool, answers={}), now, None)
    return row


def enter_many(entries: Iterable[Entry], pool: int, now: datetime, by: Person) -> tuple[int, int]:
    """Bring a list in, all or nothing; give how many came in, and how many were there already."""
    came = there = 0
    with held(pool) as (found,):
        for entry in entries:
            try:
                _enter(found, entry, now, by)
                came += 1
                found.version += 1  # each has a rank of their own
            except Again:
                there += 1
        found.save(update_fields=["version"])
    return came, there


def _enter(pool: Pool, entry: Entry, now: datetime, by: Person | None) -> Registration:
    gathering, form = pool.gathering, form_of(pool.gathering)
    sent = _same(pool, entry)
    if sent is not None:
        return sent
    if by is None:
        if gathering.state != State.PUBLISHED:
            raise Invalid(NOT_YET)
        check_open(window_of(gathering), entry.tier, now)
    room = settle(pool, now)
    state = _first_state(pool, room, now)
    fee = form.fees.get(entry.tier.value, 0) if form.price != "free" else 0
    row = Registration.objects.create(
        id=entry.id,
        gathering=gathering,
        pool=pool,
        main=pool.kind != BESIDE,
        person=entry.person,
        email=entry.email,
        name=entry.name,
        tier=entry.tier.value,
        language=entry.language,
        state=state.value,
        answers=entry.answers,
        queued_at=now,
        rank=rank_of(Fairness(form.fairness), entry.tier, pool.version),
        fee=fee,
        paid=not fee,
    )
    note("registration.entered", row, by or entry.person, state=state.value, pool=pool.title)
    tell(row, gathering, state.value, now, position=room.waiting + 1)
    return row


def _same(pool: Pool, entry: Entry) -> Registration | None:
    """Give what this very form made before; raise `Again` where another one holds a place."""
    rows = Registration.objects.filter(gathering=pool.gathering, email=entry.email)
    found = list(rows.order_by("queued_at", "id"))
    for row in found:
        if row.pk == entry.id and row.pool_id == pool.pk:
            return row
    for row in found:
        if row.state in ACTIVE and (row.pool_id == pool.pk or (row.main and pool.kind != BESIDE)):
            raise Again(row)
    return None


def _first_state(pool: Pool, room: Gauge, now: datetime) -> Seat:
    if before_draw(form_of(pool.gathering)):
        return Seat.PENDING
    if not room.has_room:
        return Seat.WAITING
    # Once offers have stopped, a free seat is for whoever takes it; before, nobody is overtaken.
    stopped = pool.gathering.state in OFFERING and offering_until(pool.gathering, now) is None
    return Seat.CONFIRMED if not room.waiting or stopped else Seat.WAITING
