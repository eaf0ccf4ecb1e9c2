"""What the group decides of seats: how many, in which order, for which reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fabrique.actions.history import note
from fabrique.actions.registration_letters import tell
from fabrique.actions.seats.hold import Asks, gauge, held
from fabrique.actions.seats.settle import go, queue, settle
from fabrique.domain.language import language
from fabrique.domain.seat import Fairness, Seat, drawn
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Form, Gathering, Person, Pool, Registration

# The seats that the way in which a gathering takes place needs.
USUAL = {
    "remote": (("remote", Text("At a distance")),),
    "site": (("site", Text("On site")),),
    "hybrid": (("site", Text("On site")), ("remote", Text("At a distance"))),
}
NO_REASON = Text("Say why: the reason is kept, and the whole group sees it.")
NAMED = Text("Seats need a name, and no two the same one.")
LOWER = Text(
    "{taken} people have a seat or are offered one, more than {size}. Nobody loses theirs: no seat "
    "is given until they are fewer. Do you mean it?"
)


def open_pool(
    gathering: Gathering, kind: str, title: str, size: int | None, by: Person, place: str = ""
) -> Pool:
    """Open seats of one kind; an antenna is a place that somebody hosts."""
    title = " ".join(title.split())
    with transaction.atomic():
        if not title or gathering.pools.filter(title__iexact=title).exists():
            raise Invalid(NAMED)
        host = by if kind == "antenna" else None
        pool = Pool.objects.create(
            gathering=gathering, kind=kind, title=title, size=size, place=place, host=host
        )
        note("pool.opened", gathering, by, title=title, size=size)
    return pool


def open_usual(gathering: Gathering, sizes: Mapping[str, int | None], by: Person) -> None:
    """Open the seats that its way of taking place needs, where it has none of any kind.

    `sizes` says how many by kind; a kind that is not in it takes as many as come.
    """
    words = language(gathering.language)
    with transaction.atomic():
        if gathering.pools.exists():
            return
        for kind, name in USUAL[gathering.mode]:
            open_pool(gathering, kind, words.say(name), sizes.get(kind), by)


def forget_pool(pool: int, by: Person) -> None:
    """Take seats away that nobody asked for; raise `Invalid` where somebody did."""
    with held(pool) as (row,):
        if row.registrations.exists():
            raise Invalid(Text("People have registered there: give it no seats rather."))
        note("pool.removed", row.gathering, by, title=row.title)
        row.delete()


def capacity(pool: int, size: int | None, now: datetime, by: Person, *, sure: bool = False) -> Pool:
    """Give more seats, or fewer; raise `Asks` where more people sit than there would be seats.

    Nobody is ever put out.
    """
    with held(pool) as (row,):
        taken = gauge(row, now).taken
        if size is not None and size < taken and not sure:
            raise Asks(Text(LOWER.msgid, {"taken": taken, "size": size}))
        note("pool.size", row.gathering, by, title=row.title, before=row.size, after=size)
        row.size = size
        row.save(update_fields=["size"])
        settle(row, now)
    return row


def reorder(registration: UUID, place: int, reason: str, now: datetime, by: Person) -> None:
    """Put somebody at a place of the queue, from 1; raise `Invalid` without a reason."""
    if not reason.strip():
        raise Invalid(NO_REASON)
    row = Registration.objects.get(pk=registration)
    with held(row.pool_id) as (pool,):
        order = [one for one in queue(pool) if one.pk != row.pk]
        if len(order) == queue(pool).count():
            raise Invalid(Text("This person is not on the waiting list."))
        at = min(max(place, 1), len(order) + 1) - 1
        before = [one.pk for one in queue(pool)].index(row.pk) + 1
        order.insert(at, row)
        _rank(order, at)
        note("registration.moved", row, by, before=before, after=at + 1, reason=reason.strip())
        settle(pool, now)


def _rank(order: Sequence[Registration], at: int) -> None:
    """Give the one at `at` a rank between its neighbours; make room behind where there is none."""
    row = order[at]
    if at + 1 < len(order):
        row.rank = order[at + 1].rank - 1
    elif at:
        row.rank = order[at - 1].rank + 1
    row.save(update_fields=["rank"])
    for one, before in zip(order[at - 1 :: -1] if at else [], order[at:0:-1], strict=True):
        if one.rank < before.rank:
            break
        one.rank = before.rank - 1
        one.save(update_fields=["rank"])


def order(gathering: Gathering, fairness: Fairness, by: Person) -> None:
    """Say who is first in the queue; raise `Invalid` once somebody has registered."""
    with transaction.atomic():
        form, _ = Form.objects.get_or_create(gathering=gathering)
        if form.fairness == fairness:
            return
        if gathering.registrations.exists():
            raise Invalid(Text("People have registered under this rule: it cannot change now."))
        note("form.fairness", gathering, by, before=form.fairness, after=fairness.value)
        Form.objects.filter(pk=form.pk).update(fairness=fairness.value)


def draw(gathering: Gathering, seed: str, now: datetime, by: Person) -> None:
    """Draw who is first, once, in every pool; the seed is kept, anybody can do it again."""
    pools = gathering.pools.values_list("pk", flat=True)
    with held(*pools) as rows:
        form = Form.objects.get(gathering=gathering)
        if form.fairness != Fairness.DRAW or form.drawn_at is not None:
            raise Invalid(Text("There is no draw to make."))
        form.seed, form.drawn_at = seed, now
        form.save(update_fields=["seed", "drawn_at"])
        note("form.drawn", gathering, by, seed=seed)
        for pool in rows:
            _draw(pool, seed, now)


def _draw(pool: Pool, seed: str, now: datetime) -> None:
    pending = Registration.objects.filter(pool=pool, state=Seat.PENDING.value)
    found = {str(row.pk): row for row in pending}
    ranks = drawn(found, seed)
    free = gauge(pool, now).free
    for place, (one, rank) in enumerate(sorted(ranks.items(), key=lambda item: item[1])):
        row = found[one]
        seated = free is None or place < free
        go(row, Seat.CONFIRMED if seated else Seat.WAITING, rank=rank)
        position = 0 if free is None else place - free + 1
        tell(row, pool.gathering, row.state, now, position=position)
