"""Days and marks of payment as tools write them."""

from __future__ import annotations

import re
from datetime import date

from fabrique.domain.fold_text import plain

_LATER = r"(?:[ T].*)?"  # an hour, which says nothing of a day
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d\d?)[-/.](\d\d?){_LATER}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d\d?)[-/.](\d\d?)[-/.](\d{{4}}){_LATER}", re.ASCII)
EARLIEST, LATEST = 1900, 2200
NONE = ("", "0000-00-00", "-")
YES = ("oui", "yes", "1", "true", "vrai", "x", "paye", "payee", "paid", "valide", "a jour", "regle")
NO = ("non", "no", "0", "false", "faux", "", "impaye", "non paye", "unpaid", "en attente", "annule")


def read_day(cell: str) -> date | None:
    """Read a day, the day before the month where the year is last; raise `ValueError`."""
    text = cell.strip()
    if text in NONE:
        return None
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _YEAR_LAST.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise ValueError(text)
    if not EARLIEST <= year <= LATEST:
        raise ValueError(text)
    return date(year, month, day)


def read_paid(cell: str) -> bool:
    """Read whether something is paid, a word or an amount; raise `ValueError`."""
    text = plain(cell)
    if text in YES:
        return True
    if text in NO:
        return False
    return float(re.sub(r"[\s€]", "", text).replace(",", ".")) > 0


def a_year_after(day: date) -> date:
    """Give the last day of a year that begins on `day`."""
    try:
        following = day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        following = day.replace(year=day.year + 1, month=3, day=1)
    return date.fromordinal(following.toordinal() - 1)


def a_year_before(day: date) -> date:
    """Give the first day of a year that ends on `day`."""
    following = date.fromordinal(day.toordinal() + 1)
    try:
        return following.replace(year=following.year - 1)
    except ValueError:
        return following.replace(year=following.year - 1, day=28)
