"""Members of an association as a table: exports of HelloAsso, Galette, Paheko, or any CSV.

Nothing is kept here: each line becomes a member to take in, or a problem that names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from fabrique.domain.separated import Row, Separated, read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.members.columns import ASIDE, USES, guessed, origin_of
from fabrique.importers.members.days import a_year_after, a_year_before, read_day, read_paid

SHOWN = 3  # first cells of each column
LONGEST_NAME = 200
LONGEST_WORDS = 100
LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:.]+(?:\.[^\s@<>\"',;:.]+)+")


class Asked(Struct, frozen=True):
    """How a file is to be read: corrections of what was guessed, and what no column says."""

    columns: Mapping[int, str] = {}
    paid: bool = True  # where no column says it
    lasts: bool = True  # a year, where only one day is said; else until it is ended


class Column(Struct, frozen=True):
    """A column, what it is taken for, and how it begins."""

    number: int
    title: str
    use: str
    first: tuple[str, ...]


class Member(Struct, frozen=True):
    """A line that can be taken in."""

    line: int
    email: str
    name: str
    structure: str
    territory: str
    trade: str
    starts_on: date
    ends_on: date | None
    paid: bool


class Problem(Struct, frozen=True):
    """A line that stays out, or of which something is to be known."""

    line: int
    text: Text
    out: bool = True


class Members(Struct, frozen=True):
    """What is understood of a file."""

    origin: str
    columns: tuple[Column, ...]
    members: tuple[Member, ...]
    problems: tuple[Problem, ...]


class _Wrong(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text


def read_members(content: bytes, asked: Asked, today: date) -> Members:
    """Read a file; raise `Invalid` for one that is no table of members."""
    table = read_separated(content)
    origin = origin_of(table.head)
    uses = _uses(table, origin, asked)
    members: list[Member] = []
    problems: list[Problem] = []
    for row in table.rows:
        try:
            members.append(_member(row, uses, asked, today))
        except _Wrong as wrong:
            problems.append(Problem(row.line, wrong.text))
    kept, again = _once(members)
    columns = tuple(
        Column(n, title, uses.get(n, ASIDE), _first(table, n))
        for n, title in enumerate(table.head, 1)
    )
    found = sorted([*problems, *again], key=lambda one: one.line)
    return Members(origin, columns, tuple(kept), tuple(found))


def _uses(table: Separated, origin: str, asked: Asked) -> dict[int, str]:
    uses = guessed(table.head, origin)
    for number, use in asked.columns.items():
        if use not in USES:
            raise Invalid(Text("A column cannot be taken for this."), f"{number}")
        uses[number] = use
    taken = [use for use in uses.values() if use != ASIDE]
    for use in USES:
        if taken.count(use) > 1:
            raise Invalid(Text("Two columns cannot both be “{use}”.", {"use": USES[use]}))
    if "email" not in taken:
        raise Invalid(Text("No column holds e-mail addresses: say which one does."))
    return {number: use for number, use in uses.items() if use != ASIDE}


def _first(table: Separated, number: int) -> tuple[str, ...]:
    cells = (row.cells[number - 1] for row in table.rows)
    return tuple(one for one in (cell for cell in cells if cell))[:SHOWN]


def _member(row: Row, uses: Mapping[int, str], asked: Asked, today: date) -> Member:
    cells = {use: " ".join(row.cells[number - 1].split()) for number, use in uses.items()}
    email = cells.get("email", "").lower().removeprefix("mailto:")
    if not email:
        raise _Wrong(Text("There is no e-mail address on this line: it stays out."))
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL:
        raise _Wrong(Text("“{email}” is no e-mail address: the line stays out.", {"email": email}))
    starts_on, ends_on = _period(cells, asked, today)
    whole = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    return Member(
        line=row.line,
        email=email,
        name=whole[:LONGEST_NAME],
        structure=cells.get("structure", "")[:LONGEST_NAME],
        territory=cells.get("territory", "")[:LONGEST_WORDS],
        trade=cells.get("trade", "")[:LONGEST_WORDS],
        starts_on=starts_on,
        ends_on=ends_on,
        paid=_paid(cells, asked),
    )


def _period(cells: Mapping[str, str], asked: Asked, today: date) -> tuple[date, date | None]:
    first, last = _day(cells.get("starts_on", "")), _day(cells.get("ends_on", ""))
    if first is None:
        first = a_year_before(last) if last else today
    if last is None and asked.lasts:
        last = a_year_after(first)
    if last is not None and last < first:
        raise _Wrong(Text("The last day is before the first: the line stays out."))
    return first, last


def _day(cell: str) -> date | None:
    try:
        return read_day(cell)
    except ValueError:
        raise _Wrong(Text("“{day}” is no day: the line stays out.", {"day": cell})) from None


def _paid(cells: Mapping[str, str], asked: Asked) -> bool:
    if "paid" not in cells:
        return asked.paid
    try:
        return read_paid(cells["paid"])
    except ValueError:
        what = {"word": cells["paid"]}
        raise _Wrong(
            Text("“{word}” does not say whether it is paid: the line stays out.", what)
        ) from None


def _once(members: list[Member]) -> tuple[list[Member], list[Problem]]:
    """Keep each period of each address once; say where an address comes again."""
    kept: list[Member] = []
    again: list[Problem] = []
    first: dict[str, int] = {}
    periods: dict[tuple[str, date, date | None], int] = {}
    for one in members:
        period = (one.email, one.starts_on, one.ends_on)
        if period in periods:
            what = {"line": periods[period]}
            text = Text("The same address and the same days as on line {line}: left out.", what)
            again.append(Problem(one.line, text))
            continue
        if one.email in first:
            what = {"line": first[one.email]}
            text = Text("The same address as on line {line}: one person, another period.", what)
            again.append(Problem(one.line, text, out=False))
        periods[period] = first.setdefault(one.email, one.line)
        kept.append(one)
    return kept, again
