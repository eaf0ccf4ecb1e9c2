"""When registering opens and closes, for whom: days before a date, by the clocks of the place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import NAMES, Tier


class Window(Struct, frozen=True):
    """From when to when one may register; each tier may begin some days earlier."""

    opens_at: datetime | None  # None: as soon as it is published
    closes_at: datetime | None  # None: never
    zone: str
    early: Mapping[Tier, int] = {}  # days before `opens_at`


def days_before(at: datetime, days: int, zone: str) -> datetime:
    """Give the same hour some days before, by the clocks of `zone`: across their changes too."""
    local = at.astimezone(ZoneInfo(zone))
    return (local - timedelta(days=days)).astimezone(UTC)


def opens_for(window: Window, tier: Tier) -> datetime | None:
    """Say from when a tier may register; whoever is nearer is never later."""
    if window.opens_at is None:
        return None
    days = max((n for one, n in window.early.items() if tier.reaches(one)), default=0)
    return days_before(window.opens_at, days, window.zone)


def check_open(window: Window, tier: Tier, now: datetime) -> None:
    """Raise `Invalid` unless a tier may register now."""
    opens = opens_for(window, tier)
    if opens is not None and now < opens:
        when = {"when": opens.astimezone(ZoneInfo(window.zone)).strftime("%d/%m/%Y %H:%M")}
        raise Invalid(Text("Registering opens for you on {when}.", when))
    if window.closes_at is not None and now >= window.closes_at:
        raise Invalid(Text("Registering is closed. Write to the organisers if you need to come."))


def openings(window: Window) -> list[tuple[Text, datetime]]:
    """Say who may register from when, first to last; nothing where all may at once."""
    if window.opens_at is None:
        return []
    each = [(NAMES[tier], opens_for(window, tier)) for tier in Tier]
    said = [(name, at) for name, at in each if at is not None]
    return said if len({at for _, at in said}) > 1 else [(NAMES[Tier.GUEST], said[-1][1])]
