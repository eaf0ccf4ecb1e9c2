"""What the page of a gathering says of registering, to whoever looks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.actions.policy import allowed
from fabrique.actions.policy.gatherings import tier_for
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.registration_letters import euros, token_of
from fabrique.actions.registrations import mine, position
from fabrique.actions.seats.hold import form_of, gauges, window_of
from fabrique.domain.gathering import State
from fabrique.domain.seat import FAIRNESS, NAMES, Fairness, Gauge, Seat
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.domain.window import check_open, openings
from fabrique.store.models import Gathering


class Line(Struct, frozen=True):
    """One pool of seats."""

    id: int
    title: str
    kind: str
    place: str
    gauge: Gauge

    @property
    def percent(self) -> int:
        """Give how full it is, for a drawing."""
        size = self.gauge.size
        return min(100, round(100 * self.gauge.taken / size)) if size else 0


class Box(Struct, frozen=True, kw_only=True):
    """The values of `parts/register-box.html`."""

    slug: str
    why: Text | None  # one cannot register now, because
    lines: tuple[Line, ...]
    openings: tuple[tuple[Text, datetime], ...]
    rule: Text
    price: Text | None
    link: str = ""  # of one's own registration
    state: Text | None = None
    position: int = 0
    room: bool = False
    target: int | None = None
    coming: int = 0
    welcomes: tuple[Line, ...] = ()  # antennas of whoever looks


def register_box(viewer: Viewer, gathering: Gathering, now: datetime) -> Box:
    """Say whether one may register, how many seats there are, and what one holds already."""
    own = mine(viewer.person, gathering)
    form, zone = form_of(gathering), ZoneInfo(gathering.zone)
    counted = gauges(gathering, now)
    pools = list(gathering.pools.select_related("gathering").order_by("id"))
    drawn = {
        pool.pk: Line(pool.pk, pool.title, pool.kind, pool.place, counted[pool.pk])
        for pool in pools
    }
    lines = tuple(drawn.values())
    return Box(
        slug=gathering.slug,
        why=_why(viewer, gathering, now, lines),
        lines=lines,
        openings=tuple((who, at.astimezone(zone)) for who, at in openings(window_of(gathering))),
        rule=FAIRNESS[Fairness(form.fairness)],
        price=_price(gathering, tier_for(viewer, gathering)),
        link=f"/r/{token_of(own.pk)}/" if own else "",
        state=NAMES[Seat(own.state)] if own else None,
        position=position(own) if own else 0,
        room=bool(gathering.session) and gathering.mode != "site",
        target=gathering.target,
        welcomes=tuple(drawn[one.pk] for one in pools if allowed(viewer, "antenna:host", one)),
        coming=sum(line.gauge.seated for line in lines if line.kind != "workshop"),
    )


def _why(
    viewer: Viewer, gathering: Gathering, now: datetime, lines: tuple[Line, ...]
) -> Text | None:
    if gathering.state != State.PUBLISHED or not lines:
        return Text("Registering is not open yet.")
    try:
        check_open(window_of(gathering), tier_for(viewer, gathering), now)
    except Invalid as error:
        return error.text
    return None


def _price(gathering: Gathering, tier: Tier) -> Text | None:
    form = form_of(gathering)
    if form.price == "free":
        return Text("Free of charge")
    fee = form.fees.get(tier.value, 0)
    if not fee:
        return Text("Free for you")
    return Text("{price} €", {"price": euros(fee)})
