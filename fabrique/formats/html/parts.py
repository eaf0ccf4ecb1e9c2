"""The blocks of a section as elements; few of them, for a page is as heavy as its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import htpy as h
from markupsafe import Markup

from fabrique.charts import NARROW, WIDE, draw
from fabrique.domain import cover
from fabrique.domain.blocks import (
    Block,
    Chart,
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
    Wall,
)
from fabrique.domain.language import Language
from fabrique.domain.pictures import embedded
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import printable, typeset

FEW = 3  # a table of more columns may scroll on a phone
DOWNLOAD = Text("Download the picture (PNG)")


class Parts:
    """Writes the blocks of one report in one language; `links` as in `Html.render`."""

    def __init__(self, report: Report, language: Language, links: Mapping[str, str]) -> None:
        self._report = report
        self._language = language
        self._links = links

    def of(self, section: Section) -> Iterator[h.Node]:
        """Give the elements of a section, below its title."""
        for block, titled in cover.titled(section, self._language):
            yield self._block(block, titled=titled)

    def _block(self, block: Block, *, titled: bool) -> h.Node:
        match block:
            case Heading():
                return h.h3[typeset(cover.title(block.text, self._language))]
            case Paragraph():
                return h.p[self._say(block.text)]
            case Notice():
                return h.p(".notice", role="note")[self._say(block.text)]
            case Items():
                return h.ul[_items(map(self._say, block.items))]
            case Facts():
                return self._facts(block)
            case Quotes():
                return h.ul(".quotes")[map(self._quote, block.quotes)]
            case Picture():
                return self._picture(block)
            case Table():
                return self._table(block, titled=titled)
            case Chart():
                return self._chart(block, titled=titled)
            case _:
                raise TypeError(block)

    def _facts(self, facts: Facts) -> h.Element:
        """Write a row of figures as one line: "Present: 71 · Answered: 50"."""
        pairs = ((self._say(fact.label), self._say(fact.value)) for fact in facts.facts)
        said = (self._language.pair(label, value) for label, value in pairs)
        return h.p(".facts")[" · ".join(said)]

    def _quote(self, quote: Quote) -> h.Element:
        signed = typeset(cover.signature(self._report, quote, self._language))
        return h.li[self._say(quote.text), h.small[signed] if signed else None]

    def _picture(self, picture: Picture) -> h.Node:
        if embedded(picture.src) is None:
            return h.p(".picture")[self._say(picture.alt)]
        return h.img(src=picture.src, alt=self._say(picture.alt), loading="lazy")

    def _chart(self, chart: Chart, *, titled: bool) -> h.Element:
        """Draw the chart for wide and for narrow screens (one is shown), its figures below."""
        link = self._links.get(chart.id)
        return h.figure[
            self._drawing(chart, "wide", WIDE, titled=titled),
            self._drawing(chart, "narrow", NARROW, titled=titled),
            h.details[h.summary[self._say(cover.FIGURES)], self._beside(chart)],
            h.a(href=link, download=True)[self._say(DOWNLOAD)] if link else None,
        ]

    def _drawing(self, chart: Chart, name: str, width: float, *, titled: bool) -> Markup:
        svg = draw(chart, self._language, width, titled=titled)
        return Markup(svg.replace("<svg", f'<svg class="{name}"', 1))  # noqa: S704 - escaped there

    def _beside(self, chart: Chart) -> h.Node:
        """Say what the chart shows: a board by column, anything else line by line.

        A table would be three elements a line, for figures that the drawing has already aligned.
        """
        table = chart.table
        if isinstance(chart.drawing, Wall):
            return self._by_column(table)
        return h.ul[_items(cover.named(table, table.rows, self._language))]

    def _by_column(self, table: Table) -> h.Element:
        columns = cover.by_column(table, self._language)
        whole = h.table(aria_label=self._say(table.caption))[
            h.tr[(h.th(scope="col")[typeset(title)] for title, _ in columns)],
            h.tr[(h.td[h.ul[_items(notes)]] for _, notes in columns)],
        ]
        return self._region(table)[whole]

    def _table(self, table: Table, *, titled: bool) -> h.Element:
        figures = len(table.numeric) == len(table.head)
        caption = self._say(table.caption)
        named = {} if titled else {"aria_label": caption}
        whole = h.table(class_="figures" if figures else None, **named)[
            h.caption[caption] if titled else None,
            h.tr[(self._cell(table, place, head, "col") for place, head in enumerate(table.head))],
            (h.tr[self._row(table, row)] for row in table.rows),
        ]
        return self._region(table)[whole] if len(table.head) > FEW else whole

    def _row(self, table: Table, row: tuple[Words, ...]) -> Iterator[h.Element]:
        named = next((i for i in range(len(row)) if i not in table.numeric), 0)
        for place, cell in enumerate(row):
            yield self._cell(table, place, cell, "row" if place == named else None)

    def _cell(self, table: Table, place: int, words: Words, scope: str | None) -> h.Element:
        kind = h.th if scope else h.td
        figure = "n" if place in table.numeric else None
        return kind(class_=figure, scope=scope)[self._say(words)]

    def _region(self, table: Table) -> h.Element:
        return h.div(".scroll", role="region", tabindex="0", aria_label=self._say(table.caption))

    def _say(self, words: Words) -> str:
        return typeset(self._language.say(words))


def _items(words: Iterable[str]) -> Iterator[h.Element]:
    return (h.li[typeset(line)] for line in words)


def anchor(name: str) -> str:
    """Give the id of an element: no space may be in it."""
    return "-".join(printable(name).split())
