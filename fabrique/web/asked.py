"""What is asked in an address or a form: whole numbers, days, pages of a list."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from msgspec import Struct

from fabrique.domain.text import Invalid, Text

LONGEST = 9  # figures of a number


class Paged(Struct, frozen=True):
    """Where a list stands, and the addresses of its neighbours."""

    page: int
    pages: int
    before: str
    after: str


def number(text: str) -> int:
    """Read a whole number; 0 for what is none."""
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if plain else 0


def day(text: str, where: str) -> date:
    """Read a day of a form; raise `Invalid`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(Text("Give a day: year, month and day."), where) from None


def paged(request: HttpRequest, page: int, pages: int) -> Paged:
    """Give the addresses of the page before and after, all else as it was asked."""

    def at(other: int) -> str:
        if not 1 <= other <= pages:
            return ""
        query = request.GET.copy()
        query["page"] = str(other)
        return f"?{query.urlencode()}"

    return Paged(page, pages, at(page - 1), at(page + 1))
