"""Moments as forms write them: ISO, day first, or month first where a day tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_TIME = r"[ T,]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
_HALF = r"(?:\s?(?P<half>AM|PM))?"
_ZONE = r"(?:\s?(?:(?P<utc>Z)|(?:UTC|GMT)?(?P<sign>[+-])(?P<ahead>\d\d?)(?::?(?P<more>\d\d))?))?"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[-/](?P<a>\d\d?)[-/](?P<b>\d\d?){_TIME}{_HALF}{_ZONE}",
    re.ASCII | re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    rf"(?P<a>\d\d?)[-/.](?P<b>\d\d?)[-/.](?P<year>\d{{4}}){_TIME}{_HALF}{_ZONE}",
    re.ASCII | re.IGNORECASE,
)
MONTHS = 12
EARLIEST, LATEST = 1990, 2200


def looks_like_moments(cells: Sequence[str]) -> bool:
    """Whether every cell is a moment that all can be read as."""
    return bool(cells) and read_moments(cells, ZoneInfo("UTC")) is not None


def read_moments(cells: Sequence[str], zone: ZoneInfo) -> list[datetime | None] | None:
    """Read a column, local to `zone` unless it says otherwise; None for what cannot be read.

    Where the year comes last, the day comes first unless some day could not be a month.
    """
    matches = [_match(cell) if cell else None for cell in cells]
    if any(cell and not found for cell, found in zip(cells, matches, strict=True)):
        return None
    last = [one for one in matches if one and one.re is _YEAR_LAST]
    american = any(int(one["b"]) > MONTHS for one in last)
    try:
        return [_moment(one, zone, american=american) if one else None for one in matches]
    except ValueError:
        return None


def _match(cell: str) -> re.Match[str] | None:
    return _YEAR_FIRST.fullmatch(cell) or _YEAR_LAST.fullmatch(cell)


def _moment(found: re.Match[str], zone: ZoneInfo, *, american: bool) -> datetime:
    one, other = int(found["a"]), int(found["b"])
    month_first = found.re is _YEAR_FIRST or american
    month, day = (one, other) if month_first else (other, one)
    year, hour = int(found["year"]), int(found["hour"])
    if not EARLIEST <= year <= LATEST:
        raise ValueError(year)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].upper() == "PM" else 0)
    minute, second = int(found["minute"]), int(found["second"] or 0)
    local = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found) or zone)
    return local.astimezone(UTC)


def _zone(found: re.Match[str]) -> timezone | None:
    if found["utc"]:
        return UTC
    if not found["sign"]:
        return None
    ahead = timedelta(hours=int(found["ahead"]), minutes=int(found["more"] or 0))
    return timezone(ahead if found["sign"] == "+" else -ahead)
