"""The report as one web page that needs nothing else: no script, no request, any screen, print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

import htpy as h
from markupsafe import Markup

from fabrique.charts import NARROW, WIDE, draw
from fabrique.domain import cover
from fabrique.domain.blocks import (
    Block,
    Chart,
    Cloud,
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
from fabrique.domain.typography import printable

STYLE = (Path(__file__).parent / "html.css").read_text(encoding="utf-8")
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""The only style a Content-Security-Policy has to allow: `style-src '{STYLE_HASH}'`."""
FEW = 3  # a table of more columns may scroll on a phone
SKIP = Text("Skip to the report")
PICTURE = Text("Download the picture (PNG)")


class Html:
    """A self-contained page, UTF-8."""

    suffix = "html"
    media_type = "text/html; charset=utf-8"

    def render(
        self, report: Report, language: Language, *, links: Mapping[str, str] | None = None
    ) -> bytes:
        """Write the page; `links` gives the address of a chart's picture by the chart's id."""
        page = _Page(report, language, links or {})
        return f"<!doctype html>{page.whole()}".encode()


class _Page:
    def __init__(self, report: Report, language: Language, links: Mapping[str, str]) -> None:
        self._report = report
        self._language = language
        self._links = links

    def whole(self) -> h.Element:
        """Lay the cover, the contents, then one section after the other."""
        return h.html(lang=self._language.code)[
            h.head[
                h.meta(charset="utf-8"),
                h.meta(name="viewport", content="width=device-width,initial-scale=1"),
                h.title[self._say(self._report.title)],
                h.style[Markup(STYLE)],  # noqa: S704 - our own file
            ],
            h.body[
                h.a(".skip", href="#reading")[self._say(SKIP)],
                self._cover(),
                self._contents(),
                h.main("#reading", tabindex="-1")[map(self._section, self._report.sections)],
                h.footer[self._say(cover.provenance(self._report))],
            ],
        ]

    def _cover(self) -> h.Element:
        report, say = self._report, self._say
        return h.header[
            h.p(".kicker")[f"{say(cover.KICKER)} · {say(report.kind)}"],
            h.h1[say(report.title)],
            h.p(".when")[cover.when(report, self._language)],
            report.facilitator and h.p[say(cover.hosted(report))],
            report.introduction and h.p(".lead")[say(report.introduction)],
            report.facts
            and h.ul[(h.li[h.b[say(fact.value)], " ", say(fact.label)] for fact in report.facts)],
        ]

    def _contents(self) -> h.Element:
        title = self._say(cover.CONTENTS)
        links = (
            h.li(data_number=section.number and str(section.number))[
                h.a(href=f"#{_anchor(section.id)}")[self._say(section.title)]
            ]
            for section in self._report.sections
        )
        return h.nav(aria_label=title)[h.h2[title], h.ol[links]]

    def _section(self, section: Section) -> h.Element:
        untitled = cover.untitled(section, self._language)
        return h.section(
            id=_anchor(section.id), data_number=section.number and str(section.number)
        )[
            section.kicker and h.p(".kicker")[self._say(section.kicker)],
            h.h2[self._say(section.title)],
            (self._block(block, untitled) for block in section.blocks),
        ]

    def _block(self, block: Block, untitled: Set[str]) -> h.Node:  # noqa: C901 - one line a kind of block
        match block:
            case Heading():
                return h.h3[self._say(block.text)]
            case Paragraph():
                return h.p[self._say(block.text)]
            case Notice():
                return h.p(".notice", role="note")[self._say(block.text)]
            case Items():
                return h.ul[(h.li[self._say(item)] for item in block.items)]
            case Facts():
                return h.p(".facts")[
                    (
                        [h.b[self._say(fact.value)], f" {self._say(fact.label)} "]
                        for fact in block.facts
                    )
                ]
            case Quotes():
                return h.ul(".quotes")[map(self._quote, block.quotes)]
            case Picture():
                return self._picture(block)
            case Table():
                return self._data(block)
            case Chart():
                return self._chart(block, titled=block.id not in untitled)
            case _:
                raise TypeError(block)

    def _quote(self, quote: Quote) -> h.Element:
        signed = cover.signature(self._report, quote, self._language)
        return h.li[self._say(quote.text), signed and h.small[printable(signed)]]

    def _picture(self, picture: Picture) -> h.Element:
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
            link and h.a(href=link, download=True)[self._say(PICTURE)],
        ]

    def _drawing(self, chart: Chart, name: str, width: float, *, titled: bool) -> Markup:
        svg = draw(chart, self._language, width, titled=titled)
        return Markup(svg.replace("<svg", f'<svg class="{name}"', 1))  # noqa: S704 - escaped there

    def _beside(self, chart: Chart) -> h.Node:
        """Say what the chart shows: words as a sorted list, a board by column, else a table."""
        table = chart.table
        match chart.drawing:
            case Cloud():
                return h.ol[_lines(cover.named(table, table.rows, self._language))]
            case Wall():
                return self._by_column(table)
            case _:
                return self._data(cover.gathered(table, self._language))

    def _by_column(self, table: Table) -> h.Element:
        columns = cover.by_column(table, self._language)
        whole = h.table[
            h.caption[self._say(table.caption)],
            h.tr[(h.th(scope="col")[printable(title)] for title, _ in columns)],
            h.tr[(h.td[h.ul[_lines(notes)]] for _, notes in columns)],
        ]
        return self._region(table)[whole]

    def _data(self, table: Table) -> h.Element:
        whole = h.table[
            h.caption[self._say(table.caption)],
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
        return printable(self._language.say(words))


def _lines(words: Iterable[str]) -> Iterator[h.Element]:
    return (h.li[printable(line)] for line in words)


def _anchor(name: str) -> str:
    return "-".join(printable(name).split())


KIND = Html()
