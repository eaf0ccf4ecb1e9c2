"""The blocks of a report as paragraphs, tables and pictures of a text document."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC
from itertools import zip_longest

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line

from fabrique.domain import cover
from fabrique.domain.blocks import (
    Block,
    Chart,
    Fact,
    Facts,
    Heading,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quotes,
    Report,
    Section,
    Table,
    Wall,
)
from fabrique.domain.language import Language
from fabrique.domain.text import Words
from fabrique.domain.typography import typeset
from fabrique.domain.zipped import again
from fabrique.formats.docx.fields import link, mark, page_numbers
from fabrique.formats.docx.pictures import drawn, put
from fabrique.formats.docx.styles import blank
from fabrique.formats.docx.tables import table

TITLE_LENGTH = 255  # of what a document may say of itself
ENTRY = 150  # letters of a line of the contents
ACROSS = 4  # columns of a board that fit side by side


class Writer:
    """A document in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        self._report = report
        self._language = language
        self._document = blank(language)

    def whole(self) -> bytes:
        """Write everything."""
        self._about()
        self._cover()
        for number, section in enumerate(self._report.sections):
            self._section(section, number)
        self._line(cover.provenance(self._report), "Caption").paragraph_format.space_before = Pt(20)
        self._foot()
        content = io.BytesIO()
        self._document.save(content)
        return again(content.getvalue())

    def _about(self) -> None:
        report, about = self._report, self._document.core_properties
        about.title = self._title(report.title)[:TITLE_LENGTH]
        about.subject = self._say(report.kicker or cover.KICKER)
        about.author = self._say(report.facilitator)[:TITLE_LENGTH]
        about.comments = self._say(cover.provenance(report))[:TITLE_LENGTH]
        about.last_modified_by = about.keywords = about.category = ""
        about.created = about.modified = report.ends_at.astimezone(UTC).replace(tzinfo=None)
        about.revision = 1

    def _cover(self) -> None:
        report = self._report
        self._line(cover.kicker(report, self._say), "Subtitle")
        self._line(self._title(report.title), "Title")
        self._line(cover.when(report, self._language))
        if report.facilitator:
            self._line(cover.hosted(report))
        if report.introduction:
            self._line(report.introduction)
        self._facts(report.facts)
        self._line(cover.CONTENTS, "Subtitle").paragraph_format.space_before = Pt(16)
        for number, section in enumerate(report.sections):
            self._entry(section, number)

    def _entry(self, section: Section, number: int) -> None:
        """Write a line of the contents, which leads to its section."""
        line = self._document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        words = self._numbered(section)
        link(line, words if len(words) <= ENTRY else f"{words[: ENTRY - 1]}…", number)

    def _section(self, section: Section, number: int) -> None:
        kicker = self._line(section.kicker, "Subtitle")
        kicker.paragraph_format.space_before = Pt(28)
        kicker.paragraph_format.keep_with_next = True
        mark(self._line(self._numbered(section), "Heading 1"), number)
        blocks = list(cover.titled(section, self._language))
        for place, (block, titled) in enumerate(blocks, 1):
            after = blocks[place][0] if place < len(blocks) else None
            self._block(block, after, titled=titled)

    def _block(self, block: Block, after: Block | None, *, titled: bool) -> None:
        match block:
            case Heading():
                self._line(self._title(block.text), "Heading 2")
            case Paragraph():
                held = isinstance(after, Facts)
                self._line(block.text).paragraph_format.keep_with_next = held
            case Notice():
                self._line(block.text, "Intense Quote")
            case Items():
                self._items(block)
            case Facts():
                held = after is not None  # figures stay with what they are of
                self._facts(block.facts).paragraph_format.keep_with_next = held
            case Quotes():
                self._quotes(block)
            case Picture():
                self._picture(block)
            case Table():
                self._table(block, titled=titled)
            case Chart():
                self._chart(block, titled=titled)
            case _:
                raise TypeError(block)

    def _facts(self, facts: Iterable[Fact]) -> Line:
        """Write figures in one line, each after its label."""
        line = self._document.add_paragraph()
        for place, fact in enumerate(facts):
            if place:
                line.add_run(" · ")
            line.add_run(self._language.pair(self._say(fact.label), ""))
            line.add_run(self._say(fact.value)).bold = True
        return line

    def _items(self, items: Items) -> None:
        _hold([self._line(item, "List Bullet") for item in items.items])

    def _quotes(self, quotes: Quotes) -> None:
        lines = []
        for quote in quotes.quotes:
            lines.append(line := self._line(quote.text, "Quote"))
            signed = cover.signature(self._report, quote, self._language)
            if signed:
                line.add_run(typeset(f"\n{signed}")).font.size = Pt(9)
        _hold(lines)

    def _picture(self, picture: Picture) -> None:
        line = self._document.add_paragraph()
        if not put(line, picture, self._say(picture.alt)):
            line.add_run(self._say(picture.alt))

    def _chart(self, chart: Chart, *, titled: bool) -> None:
        title, count, alt = map(self._say, (chart.title, chart.count, chart.alt))
        line = self._document.add_paragraph()
        drawn(line, chart, self._language, f"{title} ({count}). {alt}", titled=titled)
        self._table(self._beside(chart))

    def _beside(self, chart: Chart) -> Table:
        """Give the data of a chart; the notes of a board stand under their column if they can."""
        columns = cover.by_column(chart.table, self._language)
        if not isinstance(chart.drawing, Wall) or not 0 < len(columns) <= ACROSS:
            return chart.table
        rows = tuple(zip_longest(*(notes for _, notes in columns), fillvalue=""))
        return Table(chart.table.caption, tuple(title for title, _ in columns), rows)

    def _table(self, data: Table, *, titled: bool = False) -> None:
        if titled:
            self._line(data.caption, "Caption").paragraph_format.keep_with_next = True
        head = [self._say(cell) for cell in data.head]
        rows = ([self._say(cell) for cell in row] for row in data.rows)
        line = self._document.add_paragraph()  # what stands behind a table keeps it from the next
        line.paragraph_format.space_after = Pt(5)
        written = table(self._say(data.caption), head, rows, data.numeric)
        line._p.addprevious(written)  # noqa: SLF001 - the library would write cell by cell

    def _foot(self) -> None:
        line = self._document.sections[0].footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        page_numbers(line)

    def _line(self, words: Words, style: str = "Normal") -> Line:
        return self._document.add_paragraph(self._say(words), style)

    def _numbered(self, section: Section) -> str:
        number = "" if section.number is None else f"{section.number}. "
        return number + self._title(section.title)

    def _title(self, words: Words) -> str:
        return typeset(" ".join(cover.title(words, self._language).split())) or "—"

    def _say(self, words: Words) -> str:
        return typeset(self._language.say(words))


def _hold(lines: list[Line]) -> None:
    """Keep the last line of a list from standing alone on a page."""
    for line in lines[-2:-1]:
        line.paragraph_format.keep_with_next = True
