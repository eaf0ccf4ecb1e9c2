"""Pools held by whoever counts their seats, and the counting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q

from fabrique.domain.seat import SEATED, Fairness, Gauge, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.domain.window import Window
from fabrique.store.line import in_line
from fabrique.store.models import Form, Gathering, Pool, Registration

TWICE = Text("This address is registered here already: nothing changed.")
GONE = Text("These seats are no longer here.")


class Asks(Exception):  # noqa: N818 - a question to a person, not an error of ours
    """It can be done, but a person must say that it is meant."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text


@contextmanager
def held(*pools: int) -> Iterator[list[Pool]]:
    """Hold pools for the length of the block, in the order of their ids; raise `Invalid`.

    Two people who would take the last seat, or the same person twice, come one after the other.
    """
    try:
        with in_line(), transaction.atomic(durable=True):
            for pool in sorted(set(pools)):
                if not write_first(pool):
                    raise Invalid(GONE)
            rows = Pool.objects.filter(pk__in=pools).select_related("gathering__form")
            yield list(rows.order_by("id"))
    except IntegrityError as error:
        # Two pools of one gathering, by one address, at the same moment: the database says no.
        if "registration" in str(error):
            raise Invalid(TWICE) from None
        raise


def write_first(pool: int) -> int:
    """Write the row of a pool, so that nobody else counts its seats meanwhile."""
    return Pool.objects.filter(pk=pool).update(version=F("version") + 1)


_SEATED = Q(state__in=sorted(SEATED))


def _counts(now: datetime) -> dict[str, Count]:
    live = Q(state=Seat.OFFERED.value, offered_until__gt=now)
    return {
        "seated": Count("pk", filter=_SEATED),
        "held": Count("pk", filter=live),
        "waiting": Count("pk", filter=Q(state=Seat.WAITING.value)),
    }


def gauge(pool: Pool, now: datetime) -> Gauge:
    """Count how full a pool is: an offer that has lapsed holds nothing, whatever its row says."""
    return gauge_and_lapsed(pool, now)[0]


def gauge_and_lapsed(pool: Pool, now: datetime) -> tuple[Gauge, int]:
    """Count how full a pool is, and the offers that have lapsed."""
    lapsed = Count("pk", filter=Q(state=Seat.OFFERED.value, offered_until__lte=now))
    rows = Registration.objects.filter(pool=pool)
    found = rows.aggregate(**_counts(now), lapsed=lapsed)
    n: int = found.pop("lapsed")
    return Gauge(pool.size, **found), n


def gauges(gathering: Gathering, now: datetime) -> dict[int, Gauge]:
    """Count every pool of a gathering at once."""
    rows = Registration.objects.filter(gathering=gathering).order_by().values("pool")
    each = rows.annotate(**_counts(now)).values_list("pool", *_counts(now))
    found = {pool: counts for pool, *counts in each}
    pools = gathering.pools.order_by("id")
    return {one.pk: Gauge(one.size, *found.get(one.pk, (0, 0, 0))) for one in pools}


def form_of(gathering: Gathering) -> Form:
    """Give the form of a gathering; one that nobody has changed asks for nothing."""
    found: Form | None = getattr(gathering, "form", None)
    return found if found is not None else Form(gathering=gathering)


def window_of(gathering: Gathering) -> Window:
    """Say when one may register."""
    form = form_of(gathering)
    starts, early = gathering.starts_at, {Tier(one): days for one, days in form.early.items()}
    closes = starts - timedelta(minutes=form.closes_before) if starts else None
    return Window(form.opens_at, closes, gathering.zone, early)


def before_draw(form: Form) -> bool:
    """Whether everybody still waits for the draw."""
    return form.fairness == Fairness.DRAW and form.drawn_at is None
