"""Attempts at a challenge: who was right first, and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from statistics import median

from msgspec import Struct

from fabrique.domain.listings import NO, YES, Rows
from fabrique.domain.text import Text

Tries = Sequence["Try"]


class Try(Struct, frozen=True):
    """An attempt as kept: whose, when, and whether it was right."""

    by: str
    at: datetime
    text: str
    right: bool


def right(tries: Tries) -> set[str]:
    """Give those who were right at least once."""
    return {one.by for one in tries if one.right}


def first_right(tries: Tries) -> datetime | None:
    """Give the moment of the first right answer."""
    return min((one.at for one in tries if one.right), default=None)


def winners(tries: Tries) -> list[str]:
    """Give those who were right first; equal times share."""
    first = first_right(tries)
    return list(dict.fromkeys(one.by for one in tries if one.right and one.at == first))


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
            firsts.setdefault(one.by, seconds(start, one.at))
    return float(median(firsts.values()))


def listed(start: datetime, tries: Tries) -> Rows:
    """List every attempt in order of time, and whether it was right."""
    rows = tuple(
        (float(seconds(start, one.at)), one.text, YES if one.right else NO) for one in tries
    )
    return Rows((Text("Seconds"), Text("Attempt"), Text("Right")), rows)
