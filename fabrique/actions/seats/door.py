"""At the door: who came is ticked, once however often it is sent; who just walks in is added."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.seats.hold import gauge, held
from fabrique.actions.seats.settle import go
from fabrique.domain.seat import SEATED, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import CheckIn, Gathering, Person, Pool, Registration
from fabrique.store.models.registration import BESIDE

ABSENT = Text("It has not begun yet: nobody is absent.")
NOBODY = Text("Nobody here has this badge.")


class Act(Struct, frozen=True):
    """What a phone did: `id` was made there; `who` is a registration, new for a walk-in."""

    id: UUID
    act: str  # in, out, walk-in
    who: UUID
    at: datetime
    name: str = ""


def check(
    gathering: Gathering, act: Act, now: datetime, by: Person, only: Pool | None = None
) -> Registration:
    """Do what a phone did; the same act is done once. Raises `Invalid` and changes nothing.

    `only`: the pool of whoever stands at one door and knows nothing of the others.
    """
    pool = _pool_of(gathering, act, only)
    with held(pool.pk) as (found,):
        done = CheckIn.objects.filter(pk=act.id).select_related("registration").first()
        if done is not None:
            return _theirs(done.registration, only)
        row = _walk_in(found, act, now, by) if act.act == "walk-in" else _seen(act, by)
        _theirs(row, only)
        CheckIn.objects.create(
            id=act.id, registration=row, act=act.act, at=act.at, kept_at=now, by=by
        )
        return row


def _theirs(row: Registration, only: Pool | None) -> Registration:
    """Give what is of this door; an id made elsewhere leads nowhere from here."""
    if only is not None and row.pool_id != only.pk:
        raise Invalid(NOBODY)
    return row


def _pool_of(gathering: Gathering, act: Act, only: Pool | None) -> Pool:
    if only is not None and act.act == "walk-in":
        return only
    if act.act == "walk-in":
        pools = gathering.pools.exclude(kind=BESIDE)
        found = pools.filter(kind="site").order_by("id").first() or pools.order_by("id").first()
        return found or Pool.objects.create(gathering=gathering, title="—")
    row = (
        Registration.objects.filter(pk=act.who, gathering=gathering).select_related("pool").first()
    )
    if row is None or only not in (None, row.pool):
        raise Invalid(NOBODY)
    return row.pool


def _seen(act: Act, by: Person) -> Registration:
    row = Registration.objects.get(pk=act.who)
    after = Seat.ATTENDED if act.act == "in" else Seat.CONFIRMED
    # Two phones may tick the same person: that is no mistake of anybody's.
    if row.state != after and not (act.act == "out" and row.state not in SEATED):
        go(row, after, by)
    return row


def _walk_in(pool: Pool, act: Act, now: datetime, by: Person) -> Registration:
    """Write down who is there: a fact, even where seats are short; the line says so."""
    row = Registration.objects.filter(pk=act.who).first()
    if row is not None:
        return row
    name = " ".join(act.name.split())[:200]
    if not name:
        raise Invalid(Text("What is the name of whoever comes in?"))
    over = not gauge(pool, now).has_room
    row = Registration.objects.create(
        id=act.who,
        gathering=pool.gathering,
        pool=pool,
        main=pool.kind != BESIDE,
        email=f"{act.who}@walk-in.invalid",
        name=name,
        tier=Tier.GUEST.value,
        language=pool.gathering.language,
        state=Seat.ATTENDED.value,
        queued_at=now,
        paid=True,
    )
    note("registration.walked_in", row, by, over=over)
    return row


def absent(gathering: Gathering, now: datetime, by: Person) -> int:
    """Say of all who have a seat and were not seen that they did not come; give how many."""
    if gathering.starts_at is None or now < gathering.starts_at:
        raise Invalid(ABSENT)
    missing = 0
    with held(*gathering.pools.values_list("pk", flat=True)) as pools:
        for row in Registration.objects.filter(pool__in=pools, state=Seat.CONFIRMED.value):
            go(row, Seat.NO_SHOW, by)
            missing += 1
    return missing
