"""Attempts at a challenge: who was right first, and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from statistics import median

from msgspec import Struct, structs

from fabrique.domain.listings import NO, YES, Rows
from fabrique.domain.text import Text

Tries = Sequence["Try"]


class Try(Struct, frozen=True):
    """An attempt as kept: whose, when, and whether it was right.

    `start` is when it could first be made, where it was made in a group and brought from there.
    """

    by: str
    at: datetime
    text: str
    right: bool
    start: datetime | None = None

    def after(self, start: datetime) -> Fraction:
        """Give how many seconds it took, from `start` unless it has one of its own."""
        return seconds(self.start or start, self.at)


def right(tries: Tries) -> set[str]:
    """Give those who were right at least once."""
    return {one.by for one in tries if one.right}


def first_right(start: datetime, tries: Tries) -> Fraction | None:
    """Give the seconds of the first right answer."""
    return min((one.after(start) for one in tries if one.right), default=None)


def winners(start: datetime, tries: Tries) -> list[str]:
    """Give those who were right first; equal times share."""
    first = first_right(start, tries)
    return list(dict.fromkeys(one.by for one in tries if one.right and one.after(start) == first))


def brought(start: datetime, tries: Tries) -> list[Try]:
    """Give the attempts of a group that began at `start`, to be compared with those of others."""
    return [structs.replace(one, start=one.start or start) for one in tries]


def seconds(start: datetime, at: datetime) -> Fraction:
    """Count seconds exactly."""
    delta = at - start
    whole = (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
    return Fraction(whole, 1_000_000)


def median_seconds(start: datetime, tries: Tries) -> float:
    """Give the median time of each person's first right answer; somebody was right."""
    firsts: dict[str, Fraction] = {}
    for one in tries:
        if one.right:
            firsts.setdefault(one.by, one.after(start))
    return float(median(firsts.values()))


def listed(start: datetime, tries: Tries) -> Rows:
    """List every attempt in order of time, and whether it was right."""
    rows = tuple((float(one.after(start)), one.text, YES if one.right else NO) for one in tries)
    return Rows((Text("Seconds"), Text("Attempt"), Text("Right")), rows)
