"""Seats: the states a registration goes through, its rank in a queue, how long an offer lasts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier


class Seat(StrEnum):
    """Where somebody is between asking for a seat and having sat in it."""

    INVITED = "invited"  # nothing leads to it: kept for what the first tables name
    PENDING = "pending"  # until the draw
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # a seat is held for them until a moment
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


ACTIVE = frozenset({Seat.PENDING, Seat.CONFIRMED, Seat.WAITING, Seat.OFFERED, Seat.ATTENDED})
# These sit whatever the clock says; an offer only holds its seat until its moment.
SEATED = frozenset({Seat.CONFIRMED, Seat.ATTENDED, Seat.NO_SHOW})
_LEAVES = frozenset({Seat.CANCELLED})
NEXT: dict[Seat, frozenset[Seat]] = {
    Seat.PENDING: _LEAVES | {Seat.CONFIRMED, Seat.WAITING},
    Seat.WAITING: _LEAVES | {Seat.OFFERED, Seat.CONFIRMED, Seat.ATTENDED},
    Seat.OFFERED: _LEAVES | {Seat.CONFIRMED, Seat.DECLINED, Seat.EXPIRED, Seat.ATTENDED},
    Seat.CONFIRMED: _LEAVES | {Seat.ATTENDED, Seat.NO_SHOW},
    Seat.ATTENDED: frozenset({Seat.CONFIRMED}),  # ticked by mistake
    Seat.NO_SHOW: frozenset({Seat.ATTENDED, Seat.CONFIRMED}),
    Seat.DECLINED: frozenset(),
    Seat.EXPIRED: frozenset(),
    Seat.CANCELLED: frozenset(),
}
NAMES = {
    Seat.PENDING: Text("waiting for the draw"),
    Seat.CONFIRMED: Text("registered"),
    Seat.WAITING: Text("on the waiting list"),
    Seat.OFFERED: Text("a seat is offered"),
    Seat.DECLINED: Text("declined"),
    Seat.EXPIRED: Text("offer expired"),
    Seat.CANCELLED: Text("cancelled"),
    Seat.ATTENDED: Text("came"),
    Seat.NO_SHOW: Text("did not come"),
}


def follow(before: Seat, after: Seat) -> Seat:
    """Go from one state to another; raise `Invalid` where the second may not follow the first."""
    if after not in NEXT[before]:
        said = {"before": NAMES[before], "after": NAMES[after]}
        raise Invalid(Text("This registration is “{before}”: it cannot become “{after}”.", said))
    return after


class Fairness(StrEnum):
    """Who is first in the queue: a setting that everybody sees."""

    ARRIVAL = "arrival"
    TIER = "tier"
    DRAW = "draw"


FAIRNESS = {
    Fairness.ARRIVAL: Text("in order of arrival"),
    Fairness.TIER: Text("adherents first, then members, then everybody; each in order of arrival"),
    Fairness.DRAW: Text("by a draw, whose number is kept so that anybody can do it again"),
}
GAP = 1000  # between two ranks, so that somebody may be moved between them
_BAND = 10**15  # ranks a tier


def rank_of(fairness: Fairness, tier: Tier, arrival: int) -> int:
    """Give the rank of whoever enters a queue as its `arrival`th: the least is the first."""
    band = _BAND * (Tier.ADHERENT.rank - tier.rank) if fairness is Fairness.TIER else 0
    return band + arrival * GAP


def drawn(ids: Iterable[str], seed: str) -> dict[str, int]:
    """Give everybody a rank by chance: the same seed gives the same order on any machine.

    The order is that of SHA-256 of the seed, a colon and the id. Who comes later comes after.
    """
    order = sorted(ids, key=lambda one: sha256(f"{seed}:{one}".encode()).hexdigest())
    return {one: (place - len(order)) * GAP for place, one in enumerate(order)}


LONGEST_OFFER, SHORTEST_OFFER = timedelta(hours=24), timedelta(hours=2)
OFFERS_STOP = timedelta(hours=4)  # before the start


def offer_until(now: datetime, starts_at: datetime | None, stop: timedelta) -> datetime | None:
    """Say until when an offer made now holds its seat: a third of what is left, 2 to 24 hours.

    None once offers have stopped: a free seat then goes to whoever takes it.
    """
    if starts_at is None:
        return now + LONGEST_OFFER
    left = starts_at - now
    if left <= stop or left <= timedelta(0):
        return None
    lasts = min(LONGEST_OFFER, max(SHORTEST_OFFER, left / 3))
    return min(now + lasts, starts_at)


class Gauge(Struct, frozen=True):
    """How full a pool is: “37 / 50”; `size` is None where as many as come may sit."""

    size: int | None
    seated: int
    held: int  # offered, and not answered yet
    waiting: int

    @property
    def taken(self) -> int:
        """Seats that nobody else can have."""
        return self.seated + self.held

    @property
    def free(self) -> int | None:
        """Seats to be had: none where there is no limit to count from."""
        return None if self.size is None else max(0, self.size - self.taken)

    @property
    def has_room(self) -> bool:
        """Whether one more person may sit."""
        return self.size is None or self.taken < self.size

    @property
    def over(self) -> int:
        """How many more sit than there are seats: only a person can bring that about."""
        return 0 if self.size is None else max(0, self.taken - self.size)
