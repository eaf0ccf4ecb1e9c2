"""The next one of a series: the same weekday of the month, at the same hour."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from fabrique.domain.relative import real

WEEK = 7
DECEMBER = 12


def next_month(day: date) -> date:
    """Give the same weekday of the next month: the second Tuesday after the second Tuesday.

    A fifth that the next month does not have is its last.
    """
    year, month = (day.year + 1, 1) if day.month == DECEMBER else (day.year, day.month + 1)
    first = date(year, month, 1)
    rank = (day.day - 1) // WEEK
    found = 1 + (day.weekday() - first.weekday()) % WEEK + rank * WEEK
    if found > monthrange(year, month)[1]:
        found -= WEEK
    return date(year, month, found)


def following(starts_at: datetime, ends_at: datetime, zone: str) -> tuple[datetime, datetime]:
    """Give when the next one begins and ends; the clocks show the same hour at its beginning."""
    place = ZoneInfo(zone)
    clocks = starts_at.astimezone(place)
    begins = real(datetime.combine(next_month(clocks.date()), clocks.time()), place)
    return begins, (begins.astimezone(ZoneInfo("UTC")) + _length(starts_at, ends_at)).astimezone(
        place
    )


def _length(starts_at: datetime, ends_at: datetime) -> timedelta:
    utc = ZoneInfo("UTC")
    return ends_at.astimezone(utc) - starts_at.astimezone(utc)
