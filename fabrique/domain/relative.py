"""Moments said from a gathering: "J-21", "J+7", "H-2" — before it begins, or after it ends.

Days are days of the calendar: the hour by the clocks of the place stays the same over a clock
change. Hours are hours that pass.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.text import Invalid, Text

RULE = re.compile(r"(?P<unit>[JH])(?P<sign>[-+])(?P<n>\d{1,4})")
FURTHEST = 3660  # days: ten years


class Relative(Struct, frozen=True):
    """So many days, or hours, before the beginning (negative) or after the end."""

    unit: str  # "J": days; "H": hours
    n: int
    after: bool

    def moment(self, starts_at: datetime, ends_at: datetime, zone: str) -> datetime:
        """Give the moment, by the clocks of `zone`."""
        place = ZoneInfo(zone)
        anchor = (ends_at if self.after else starts_at).astimezone(place)
        if self.unit == "H":
            return (anchor.astimezone(UTC) + timedelta(hours=self.n)).astimezone(place)
        return real(anchor.replace(tzinfo=None) + timedelta(days=self.n), place)

    def day(self, starts_at: datetime, ends_at: datetime, zone: str) -> date:
        """Give the day on which it falls, by the clocks of `zone`."""
        return self.moment(starts_at, ends_at, zone).date()


def relative(rule: str) -> Relative:
    """Read a rule: "J-21" is before it begins, "J+7" after it ends; raise `Invalid`."""
    found = RULE.fullmatch(rule)
    if found is None or int(found["n"]) > FURTHEST:
        said = {"rule": rule}
        raise Invalid(Text("“{rule}” is no moment: write J-21, J+7, H-2 or H+1.", said))
    n = int(found["n"])
    after = found["sign"] == "+"
    return Relative(found["unit"], n if after else -n, after)


def real(clocks: datetime, place: ZoneInfo) -> datetime:
    """Give the moment when the clocks of a place show this; the next one they show, if never.

    What they show twice, in autumn, is the first time.
    """
    there = clocks.replace(tzinfo=place)
    return there.astimezone(UTC).astimezone(place)


def said(rule: str) -> Text:
    """Say a rule in words."""
    found = relative(rule)
    n = {"n": abs(found.n)}
    if found.unit == "H":
        if found.after:
            return Text("{n} hour after", n, "{n} hours after")
        return Text("{n} hour before", n, "{n} hours before")
    if found.n == 0:
        return Text("on the day")
    if found.after:
        return Text("{n} day after", n, "{n} days after")
    return Text("{n} day before", n, "{n} days before")
