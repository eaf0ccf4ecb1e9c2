"""When a text was published: by the clock of the world where it says so, else by the site's."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from fabrique.importers.wordpress.item import Item

EARLIEST = 1990  # before it, a clock that was never set


def moment_of(item: Item, zone: ZoneInfo) -> datetime | None:
    """Give it, or None where the file does not say."""
    readings = ((item.gmt, UTC), (item.local, zone), (item.published, UTC))
    found = (_read(said, of) for said, of in readings)
    return next((one for one in found if one is not None), None)


def _read(said: str, zone: tzinfo) -> datetime | None:
    try:
        from email.utils import parsedate_to_datetime  # noqa: PLC0415 - slow to load

        at = datetime.fromisoformat(said) if said[:4].isdecimal() else parsedate_to_datetime(said)
        at = at if at.tzinfo else at.replace(tzinfo=zone)
        at = at.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return at if at.year >= EARLIEST else None
