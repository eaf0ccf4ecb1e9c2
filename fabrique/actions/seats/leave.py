"""What somebody does with a seat: takes the one offered, gives it back, goes to other seats."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fabrique.actions.history import note
from fabrique.actions.registration_letters import tell
from fabrique.actions.seats.hold import before_draw, form_of, held
from fabrique.actions.seats.settle import go, offering_until, settle
from fabrique.domain.seat import ACTIVE, Fairness, Seat, rank_of
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import Person, Pool, Registration
from fabrique.store.models.registration import BESIDE

LAPSED = Text(
    "The seat was kept for you for some time, which is over: it went to the next person. You can "
    "register again; you would be the last of the waiting list."
)
NONE_FREE = Text("No seat is free at this moment: you keep your place on the waiting list.")
FULL = Text("“{pool}” is full: you keep the seat you have.")
SEATED = (Seat.CONFIRMED.value, Seat.ATTENDED.value)
ELSEWHERE = Text("These seats are of another gathering.")


def accept(registration: UUID, now: datetime) -> Registration:
    """Take the seat that is offered; once offers have stopped, the one that is free.

    Pressing twice is pressing once. Raises `Invalid` and changes nothing.
    """
    with held(_pool_of(registration)) as (pool,):
        row = Registration.objects.get(pk=registration)
        if row.state in SEATED:
            return row
        if row.state == Seat.EXPIRED or (
            row.state == Seat.OFFERED and row.offered_until is not None and row.offered_until <= now
        ):
            raise Invalid(LAPSED)
        if row.state == Seat.WAITING:
            _check_free(pool, now)
        go(row, Seat.CONFIRMED, row.person)
        tell(row, pool.gathering, "confirmed", now)
        return row


def _check_free(pool: Pool, now: datetime) -> None:
    if not settle(pool, now).has_room or offering_until(pool.gathering, now) is not None:
        raise Invalid(NONE_FREE)


def decline(registration: UUID, now: datetime) -> Registration:
    """Leave the seat that is offered to the next person."""
    return _leave(registration, Seat.DECLINED, now, None)


def cancel(registration: UUID, now: datetime, by: Person | None = None) -> Registration:
    """Give a seat or a place in the queue back: always possible, and the next person gets it."""
    return _leave(registration, Seat.CANCELLED, now, by)


def _leave(registration: UUID, after: Seat, now: datetime, by: Person | None) -> Registration:
    with held(_pool_of(registration)) as (pool,):
        row = Registration.objects.get(pk=registration)
        if row.state not in ACTIVE:
            return row  # it was left before: pressing twice is pressing once
        go(row, after, by or row.person)
        tell(row, pool.gathering, after.value, now)
        settle(pool, now)
        return row


def change(registration: UUID, pool: int, now: datetime, by: Person | None = None) -> Registration:
    """Go to other seats of the gathering: on site rather than at a distance, for one.

    Whoever has a seat keeps it where the others are full; whoever waits waits there, as the last.
    """
    before = _pool_of(registration)
    with held(before, pool) as pools:
        row = Registration.objects.get(pk=registration)
        there = next(one for one in pools if one.pk == pool)
        if row.gathering_id != there.gathering_id or BESIDE in {one.kind for one in pools}:
            raise Invalid(ELSEWHERE)
        if pool == before or row.state not in ACTIVE:
            return row
        state = _state_there(row, there, now)
        if state is not Seat(row.state):
            go(row, state, by or row.person)
        fairness = Fairness(form_of(there.gathering).fairness)
        row.rank, row.queued_at = rank_of(fairness, Tier(row.tier), there.version), now
        row.pool = there
        row.save(update_fields=["rank", "queued_at", "pool"])
        here = next(one for one in pools if one.pk == before)
        note("registration.changed", row, by or row.person, before=here.title, after=there.title)
        settle(here, now)
        tell(row, there.gathering, state.value, now)
        return row


def _state_there(row: Registration, there: Pool, now: datetime) -> Seat:
    if before_draw(form_of(there.gathering)):
        return Seat.PENDING
    room = settle(there, now)
    if room.has_room and not room.waiting:
        return Seat(row.state) if row.state in SEATED else Seat.CONFIRMED
    if row.state in (*SEATED, Seat.OFFERED.value):
        raise Invalid(Text(FULL.msgid, {"pool": there.title}))
    return Seat.WAITING


def _pool_of(registration: UUID) -> int:
    found = Registration.objects.filter(pk=registration).values_list("pool", flat=True).first()
    if found is None:
        raise Invalid(Text("This registration is no longer here."))
    return found
