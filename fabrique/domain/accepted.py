"""Right answers to a challenge: the forms in which people type a date, a number or a word."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from fabrique.domain.fold_text import bare, plain

Form = Literal["date", "text", "number"]
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)
_DIGITS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_WORDS = re.compile(r"(1er|\d{1,2}) ([a-z]+) (\d{4}|\d{2})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


def parse(form: Form, text: str) -> date | Fraction | str | None:
    """Read `text` as a date, a number or a text folded by case, accents and spaces.

    None when it cannot be read.
    """
    if form == "date":
        return _date(plain(text))
    if form == "number":
        return _number(text)
    return bare(text)


def matches(form: Form, given: str, accepted: str, tolerance: Fraction) -> bool:
    """Whether `given` says the same as `accepted`, within `tolerance` for numbers."""
    one, other = parse(form, given), parse(form, accepted)
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return abs(one - other) <= tolerance
    return one is not None and one == other


def _date(text: str) -> date | None:
    if found := _DIGITS.fullmatch(text):
        day, _, month, year = found.groups()
        return _day(year, int(month), day)
    if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
        return _day(found[3], _MONTHS.index(found[2]) + 1, found[1].removesuffix("er"))
    return None


def _day(year: str, month: int, day: str) -> date | None:
    full = int(year) if len(year) > 2 else 2000 + int(year)  # noqa: PLR2004 - a two-digit year
    try:
        return date(full, month, int(day))
    except ValueError:
        return None


def _number(text: str) -> Fraction | None:
    joined = re.sub(r"(?<=\d)\s+(?=\d)", "", text.strip()).replace(",", ".")
    return Fraction(Decimal(joined)) if _NUMBER.fullmatch(joined) else None
