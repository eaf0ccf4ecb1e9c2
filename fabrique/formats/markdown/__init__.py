"""The report as Markdown: CommonMark and tables, to be pasted into a wiki or a repository.

Charts are their tables, pictures their words. Lines are not wrapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    Quote,
    Quotes,
    Report,
    Section,
    Table,
)
from fabrique.domain.language import Language
from fabrique.domain.text import Text, Words
from fabrique.formats.markdown import words as meant

PICTURE = Text("Picture: {alt}")


class Markdown:
    """UTF-8, a final newline; the same report always gives the same bytes."""

    suffix = "md"
    media_type = "text/markdown; charset=utf-8"

    def render(self, report: Report, language: Language) -> bytes:
        """Write the report."""
        return ("\n\n".join(filter(None, _Page(report, language).whole())) + "\n").encode()


class _Page:
    """Gives the page as paragraphs, which an empty line keeps apart."""

    def __init__(self, report: Report, language: Language) -> None:
        self._report = report
        self._language = language

    def whole(self) -> Iterator[str]:
        yield from self._cover()
        for section in self._report.sections:
            yield from self._section(section)
        yield "---"
        yield self._line(cover.provenance(self._report))

    def _cover(self) -> Iterator[str]:
        report = self._report
        yield f"# {self._title(report.title)}"
        yield cover.kicker(report, self._line)
        yield self._line(cover.when(report, self._language))
        if report.facilitator:
            yield self._line(cover.hosted(report))
        yield from self._paragraph(report.introduction)
        if report.facts:
            yield self._facts(report.facts)

    def _section(self, section: Section) -> Iterator[str]:
        number = "" if section.number is None else f"{section.number}. "
        yield f"## {number}{self._title(section.title)}"
        if section.kicker:
            yield self._line(section.kicker)
        for block, titled in cover.titled(section, self._language):
            yield from self._block(block, titled=titled)

    def _block(self, block: Block, *, titled: bool) -> Iterator[str]:
        match block:
            case Heading():
                yield f"### {self._title(block.text)}"
            case Paragraph():
                yield from self._paragraph(block.text)
            case Notice():
                yield from self._paragraph(block.text, "> ")
            case Items():
                yield from self._list(self._lines(item) for item in block.items)
            case Facts():
                yield self._facts(block.facts)
            case Quotes():
                yield from self._list(map(self._quote, block.quotes), "*")
            case Picture():
                yield self._line(Text(PICTURE.msgid, {"alt": block.alt}))
            case Table():
                yield from self._captioned(block.caption) if titled else ()
                yield self._table(block)
            case Chart():
                yield from self._captioned(block.title) if titled else ()
                yield self._table(block.table)
                yield self._line(block.count)
            case _:
                raise TypeError(block)

    def _facts(self, facts: Iterable[Fact]) -> str:
        pairs = ((self._language.say(one.label), self._language.say(one.value)) for one in facts)
        return meant.line(" · ".join(self._language.pair(*pair) for pair in pairs))

    def _quote(self, quote: Quote) -> list[str]:
        signed = cover.signature(self._report, quote, self._language)
        return [*self._lines(quote.text), *([f"— {meant.line(signed)}"] if signed else [])]

    def _captioned(self, words: Words) -> Iterator[str]:
        if caption := self._line(words):
            yield f"**{caption}**"

    def _table(self, table: Table) -> str:
        rule = ("---:" if place in table.numeric else "---" for place in range(len(table.head)))
        rows = (map(self._line, row) for row in table.rows)
        cells = [map(self._line, table.head), rule, *rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in cells)

    def _list(self, items: Iterable[list[str]], mark: str = "-") -> Iterator[str]:
        yield "\n".join(f"{mark} {_broken(item, '  ')}" for item in items if item)

    def _paragraph(self, words: Words, mark: str = "") -> Iterator[str]:
        if lines := self._lines(words):
            yield mark + _broken(lines, mark)

    def _title(self, words: Words) -> str:
        return meant.line(cover.title(words, self._language)) or "—"

    def _lines(self, words: Words) -> list[str]:
        return meant.lines(self._language.say(words))

    def _line(self, words: Words) -> str:
        return meant.line(self._language.say(words))


def _broken(lines: list[str], margin: str) -> str:
    """Keep the line breaks that people wrote."""
    return f"\\\n{margin}".join(lines)


KIND = Markdown()
