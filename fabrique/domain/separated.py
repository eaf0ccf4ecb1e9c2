"""A table written as text, one line a row: its alphabet and its separator are found out.

Nothing is guessed about what it means. What cannot be a table is refused with its line.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from fabrique.domain.schema import LONGEST
from fabrique.domain.text import Invalid, Text

SEPARATORS = ";\t,"  # in this order: a comma is also found inside sentences
TRIED = 20  # rows
MOST_ROWS = 10_000
MOST_COLUMNS = 200
FIRST_SIGN = " "  # below it stand signs that command a machine
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Row(Struct, frozen=True):
    """A row, and the line of the file on which it ends."""

    line: int
    cells: tuple[str, ...]


class Separated(Struct, frozen=True):
    """The names of the columns, and the rows that are not empty; all of one width."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


def read_separated(content: bytes, file: str = "") -> Separated:
    """Read a table; raise `Invalid` with the file and the line."""
    text = _decoded(content, file)
    rows = _filled(_rows(text, file), file)
    head = next(rows, None)
    if head is None:
        raise Invalid(Text("This file is empty."), file)
    width = len(head.cells)
    if width > MOST_COLUMNS:
        limit = {"limit": MOST_COLUMNS}
        raise Invalid(Text("A table has at most {limit} columns.", limit), _place(file, head.line))
    return Separated(head.cells, tuple(_fitting(rows, width, file)))


def _decoded(content: bytes, file: str) -> str:
    wide = content.startswith(WIDE)
    for alphabet in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(alphabet)
        except UnicodeDecodeError:
            continue
    raise Invalid(Text("This file is neither in UTF-8 nor in the alphabet of Windows."), file)


def _rows(text: str, file: str) -> Iterator[Row]:
    separator = max(SEPARATORS, key=lambda one: _likely(text, one))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in lines:
            yield Row(lines.line_num, tuple(_plain(one) for one in cells))
    except csv.Error:
        said = Text("A quote is not closed, or a cell is too long.")
        raise Invalid(said, _place(file, lines.line_num)) from None


def _likely(text: str, separator: str) -> tuple[bool, int]:
    """Say whether it parts the first rows alike; where none does, the most columns win."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = [len(cells) for cells in islice(filter(any, lines), TRIED)]
    except csv.Error:
        return False, 0
    alike = len(set(widths)) == 1 < max(widths, default=0)
    return alike, 0 if alike else max(widths, default=0)


def _plain(cell: str) -> str:
    """Give the text with one kind of line break, and none of the marks that page layout leaves."""
    for mark in ("\r\n", "\r", "\v", "\f"):
        cell = cell.replace(mark, "\n")
    return cell.strip()


def _filled(rows: Iterator[Row], file: str) -> Iterator[Row]:
    for row in rows:
        if any(row.cells):
            _check_cells(row, file)
            yield row


def _fitting(rows: Iterator[Row], width: int, file: str) -> Iterator[Row]:
    for n, row in enumerate(rows):
        where = _place(file, row.line)
        if n == MOST_ROWS:
            raise Invalid(Text("A table has at most {limit} rows.", {"limit": MOST_ROWS}), where)
        if len(row.cells) < width or any(row.cells[width:]):
            what = {"found": len(row.cells), "wanted": width}
            raise Invalid(Text("Cells here: {found}; in the first line: {wanted}.", what), where)
        yield Row(row.line, row.cells[:width])


def _check_cells(row: Row, file: str) -> None:
    for column, cell in enumerate(row.cells, 1):
        where = f"{_place(file, row.line)}, {column}"
        if len(cell) > LONGEST:
            limit = {"limit": LONGEST}
            raise Invalid(Text("A text is longer than {limit} characters.", limit), where)
        if any(_commands(sign) for sign in cell):
            raise Invalid(Text("This cell holds signs that cannot be shown."), where)


def _commands(sign: str) -> bool:
    return (sign < FIRST_SIGN and sign not in "\n\t") or "\x7f" <= sign <= "\x9f"


def _place(file: str, line: int) -> str:
    return f"{file}:{line}" if file else f"{line}"
