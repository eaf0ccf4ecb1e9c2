"""How long is left until a date, as people count: in days on the wall, not in hours."""

from __future__ import annotations

from datetime import datetime

from fabrique.domain.text import Text


def left(until: datetime, now: datetime) -> Text:
    """Say how far a date is; both moments by the same clocks. Empty once it is past."""
    if now >= until:
        return Text("")
    days = (until.date() - now.date()).days
    if days > 1:
        return Text("in {n} day", {"n": days}, "in {n} days")
    return Text("tomorrow") if days else Text("today")
