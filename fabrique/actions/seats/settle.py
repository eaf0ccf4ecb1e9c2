"""What follows from time and from free seats: offers lapse, the next person is offered a seat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from fabrique.actions.history import note
from fabrique.actions.registration_letters import tell
from fabrique.actions.seats.hold import before_draw, form_of, gauge, gauge_and_lapsed, held
from fabrique.domain.gathering import State
from fabrique.domain.seat import Gauge, Seat, follow, offer_until
from fabrique.store.models import Gathering, Person, Pool, Registration

OFFERING = (State.ANNOUNCED.value, State.PUBLISHED.value)


def go(row: Registration, after: Seat, by: Person | None = None, **changes: Any) -> None:
    """Bring a registration to a state, and write the line; raise `Invalid` where it may not."""
    before = Seat(row.state)
    row.state = follow(before, after).value
    row.offered_until = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "offered_until", *changes])
    note(f"registration.{after.value}", row, by, before=before.value)


def queue(pool: Pool) -> Any:
    """Give who waits for a seat of a pool, first to last."""
    waiting = Registration.objects.filter(pool=pool, state=Seat.WAITING.value)
    return waiting.order_by("rank", "queued_at", "id")


def settle(pool: Pool, now: datetime) -> Gauge:
    """Let offers lapse, then offer each free seat to the next person; the pool must be held."""
    found, lapsed = gauge_and_lapsed(pool, now)
    if lapsed:
        _let_lapse(pool, now)
    until = offering_until(pool.gathering, now)
    if not found.waiting or not found.has_room or until is None:
        return found
    for row in queue(pool)[: found.free]:
        go(row, Seat.OFFERED, offered_until=until)
        tell(row, pool.gathering, "offered", now)
    return gauge(pool, now)


def _let_lapse(pool: Pool, now: datetime) -> None:
    rows = Registration.objects.filter(pool=pool, state=Seat.OFFERED.value, offered_until__lte=now)
    for row in rows.order_by("offered_until", "id"):
        go(row, Seat.EXPIRED)
        tell(row, pool.gathering, "expired", now)


def offering_until(gathering: Gathering, now: datetime) -> datetime | None:
    """Say until when an offer made now would hold; None where none is made."""
    form = form_of(gathering)
    if gathering.state not in OFFERING or before_draw(form):
        return None
    return offer_until(now, gathering.starts_at, timedelta(minutes=form.offers_stop))


def tend(now: datetime) -> int:
    """Go on where an offer has lapsed and nobody came by since; give how many pools were settled.

    Run it every minute or so. Nothing depends on it but the letters: the clock decides by itself.
    """
    lapsed = Registration.objects.filter(state=Seat.OFFERED.value, offered_until__lte=now)
    pools = sorted(set(lapsed.values_list("pool", flat=True)))
    for pk in pools:
        with held(pk) as (pool,):
            settle(pool, now)
    return len(pools)
