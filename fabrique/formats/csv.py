"""Listings as CSV for a French spreadsheet: UTF-8 with its mark, semicolons, CRLF, no formula.

Texts are quoted and guarded (`fabrique/domain/formulas.py`); figures are neither, with the
language's decimal sign, so that they stay figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from fabrique.domain import cover
from fabrique.domain.blocks import Report
from fabrique.domain.formulas import guarded
from fabrique.domain.language import Language
from fabrique.domain.listings import Cell, Listing, Share
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import printable

MARK = "\ufeff"  # without it, Excel takes the bytes for another alphabet
COLUMNS: tuple[Words, ...] = (
    Text("Listing"),
    Text("Title"),
    Text("Line"),
    Text("Column"),
    Text("Value"),
)


class Csv:
    """All the listings in one table, a line a value; or one table each."""

    suffix = "csv"
    media_type = "text/csv; charset=utf-8"

    def render(self, report: Report, language: Language) -> bytes:
        """Write every value of every listing under the same five columns."""
        return _Sheet(report, language).whole(COLUMNS, _values(report.listings))

    def files(self, report: Report, language: Language) -> dict[str, bytes]:
        """Write each listing as a table of its own, by its id."""
        sheet = _Sheet(report, language)
        return {one.id: sheet.whole(one.head, one.rows) for one in report.listings}


def _values(listings: Iterable[Listing]) -> Iterator[tuple[Cell, ...]]:
    for one in listings:
        for line, row in enumerate(one.rows, 1):
            for head, cell in zip(one.head, row, strict=True):
                if cell is not None:
                    yield one.name, one.title, line, head, cell


class _Sheet:
    def __init__(self, report: Report, language: Language) -> None:
        self._report = report
        self._language = language

    def whole(self, head: tuple[Words, ...], rows: Iterable[tuple[Cell, ...]]) -> bytes:
        """Write a table under its header."""
        lines = (";".join(map(self._cell, row)) for row in (head, *rows))
        return (MARK + "".join(f"{line}\r\n" for line in lines)).encode()

    def _cell(self, cell: Cell) -> str:
        match cell:
            case None:
                return ""
            case datetime():
                return f"{cover.local(self._report, cell):%Y-%m-%d %H:%M:%S}"
            case Share():
                return f"{cell.percent}%"
            case int() | float() | Decimal():
                return f"{Decimal(str(cell)):f}".replace(".", self._language.habits.point)
            case _:
                said = guarded(printable(self._language.say(cell)))
                return '"' + said.replace('"', '""') + '"'


KIND = Csv()
