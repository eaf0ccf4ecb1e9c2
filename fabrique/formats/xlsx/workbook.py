"""The sheets of a workbook, written cell by cell: none of them ever holds a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fabrique.domain import cover
from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.domain.listings import Cell, Listing, Share
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import printable
from fabrique.formats.xlsx.styles import styles

SUMMARY = Text("Summary")
UNDER_PSEUDONYM = Text(
    "The following sheets hold answers one by one, under pseudonyms, and messages under names: "
    "they are for those who ran the session, not for publication."
)
LONGEST = 32_767  # what a cell holds, in UTF-16 units
WIDEST, NARROWEST = 60, 9  # columns, in letters
LINE, MOST_LINES = 15, 8  # of a header, in points
NAME = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class Book:
    """A workbook in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        self._report = report
        self._language = language
        self._bytes = io.BytesIO()
        # Texts are written as such one by one; these would guess at the others.
        guesses = {"strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(self._bytes, {"in_memory": True, **guesses})
        self._styles = styles(self._book, language)
        self._names: set[str] = {"history"}  # which Excel keeps for itself

    def whole(self) -> bytes:
        """Write every sheet."""
        self._about()
        self._summary()
        for listing in self._report.listings:
            self._listing(listing)
        self._book.close()
        return self._bytes.getvalue()

    def sheets(self) -> bytes:
        """Write the listings alone."""
        at = self._report.starts_at.astimezone(UTC).replace(tzinfo=None)
        self._book.set_properties({"title": self._say(self._report.title), "created": at})
        for listing in self._report.listings:
            self._listing(listing)
        self._book.close()
        return self._bytes.getvalue()

    def _about(self) -> None:
        report = self._report
        made = {
            "title": self._say(report.title),
            "subject": self._say(cover.KICKER),
            "author": self._say(report.facilitator),
            "comments": self._say(cover.provenance(report)),
            "created": report.ends_at.astimezone(UTC).replace(tzinfo=None),
        }
        self._book.set_properties(made)

    def _summary(self) -> None:
        report, say = self._report, self._say
        sheet = self._sheet(SUMMARY)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, WIDEST)
        told = [
            (cover.title(report.title, self._language), "title"),
            (cover.kicker(report, say), "soft"),
            (cover.when(report, self._language), "plain"),
            (say(cover.hosted(report)) if report.facilitator else "", "plain"),
        ]
        sheet.set_row(0, 27)
        row = 0
        for words, style in told:
            if words:
                self._write(sheet, row, 0, words, style)
                row += 1
        for fact in report.facts:
            row += 1
            self._write(sheet, row, 0, fact.label, "label")
            self._write(sheet, row, 1, figure(fact.value), "left")
        row += 2
        sheet.merge_range(row, 0, row, 1, "", self._styles["note"])
        sheet.set_row(row, 34)
        self._write(sheet, row, 0, UNDER_PSEUDONYM, "note")
        self._write(sheet, row + 2, 0, cover.provenance(report), "soft")

    def _listing(self, listing: Listing) -> None:
        sheet = self._sheet(listing.name)
        last = max(len(listing.head) - 1, 0)
        for column, head in enumerate(listing.head):
            self._write(sheet, 0, column, head, "head")
        for number, row in enumerate(listing.rows, 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)
        lines = 1
        for column, width in enumerate(self._widths(listing)):
            sheet.set_column(column, column, width)
            lines = max(lines, len(wrap(self._say(listing.head[column]), int(width))))
        sheet.set_row(0, LINE * min(lines, MOST_LINES) + 6)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, len(listing.rows), last)

    def _sheet(self, name: Words) -> Worksheet:
        sheet = self._book.add_worksheet(self._free(self._say(name)))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _free(self, wanted: str) -> str:
        """Give a name that Excel takes and that no other sheet has."""
        base = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ") or "—"
        name, number = _clipped(base, NAME), 1
        while name.casefold() in self._names:
            number += 1
            end = f" ({number})"
            name = _clipped(base, NAME - len(end)) + end
        self._names.add(name.casefold())
        return name

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell, style: str = "") -> None:
        match cell:
            case None:
                sheet.write_blank(row, column, None, self._styles["cell"])
            case datetime():
                local = cover.local(self._report, cell).replace(tzinfo=None)
                sheet.write_datetime(row, column, local, self._styles[style or "moment"])
            case Share():
                sheet.write_number(row, column, cell.percent / 100, self._styles["share"])
            case int() | float() | Decimal():
                sheet.write_number(row, column, float(cell), self._styles[style or "figure"])
            case _:
                self._text(sheet, row, column, self._say(cell), self._styles[style or "cell"])

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
        text = _clipped(text, LONGEST)
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library takes these for marks of its own, and would copy them unescaped.
            sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], style)
        else:
            sheet.write_string(row, column, text, style)

    def _widths(self, listing: Listing) -> Iterator[float]:
        for column, head in enumerate(listing.head):
            title = max((len(word) for word in self._say(head).split()), default=0) + 4
            texts = (self._length(row[column]) for row in listing.rows[:500])
            yield min(max(title, *texts, NARROWEST), WIDEST) if listing.rows else title

    def _length(self, cell: Cell) -> int:
        match cell:
            case datetime():
                return 19
            case None | Share() | int() | float() | Decimal():
                return 8
            case _:
                return max(map(len, self._say(cell).split("\n")), default=0) + 2

    def _say(self, words: Words) -> str:
        return printable(self._language.say(words))


def figure(words: Words) -> Cell:
    """Give a figure that was said in digits as a number again."""
    return int(words) if isinstance(words, str) and re.fullmatch("[0-9]{1,15}", words) else words


def _clipped(text: str, units: int) -> str:
    raw = text.encode("utf-16-le")
    if len(raw) <= 2 * units:
        return text
    return raw[: 2 * units - 2].decode("utf-16-le", "ignore").rstrip() + "…"
