"""The words and drawings of a report, said in a language, as the template reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fabrique.charts import draw
from fabrique.charts.glyphs import MISSING, drawable, in_picture
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
from fabrique.domain.pictures import embedded
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import typeset

PAGE = 800
FULL = 40  # notes
FULLS = (1080, 1340, 1700)  # a full wall is composed wider, to fit the height of a page
SHAPE = 200 / 166  # of the room it has there
ACROSS = 4  # columns of a board that fit side by side
SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
LONG = re.compile(r"[^\s\u200b-]{26,}")
REPLACED = Text(
    "The sign {sign} stands for characters that the fonts of this document do not have.",
    {"sign": MISSING},
)


class Document:
    """A report in one language; `opens` tells whether a picture can be drawn."""

    def __init__(
        self, report: Report, language: Language, opens: Callable[[str, bytes], bool]
    ) -> None:
        self.pictures: dict[str, bytes] = {}  # by the name of the file that the template opens
        self._opens = opens
        self._report = report
        self._language = language
        self._replaced = False

    def whole(self) -> dict[str, Any]:
        """Give everything that is said, ready for JSON."""
        report, say = self._report, self._say
        told = {
            "lang": self._language.code,
            "title": self._title(report.title),
            "kicker": cover.kicker(report, say),
            "when": say(cover.when(report, self._language)),
            "host": say(cover.hosted(report)) if report.facilitator else "",
            "author": say(report.facilitator),
            "introduction": say(report.introduction),
            "facts": self._facts(report.facts),
            "contents": say(cover.CONTENTS),
            "sections": [self._section(section) for section in report.sections],
            "provenance": say(cover.provenance(report)),
        }
        return told | {"replaced": say(REPLACED) if self._replaced else ""}

    def _section(self, section: Section) -> dict[str, Any]:
        return {
            "number": "" if section.number is None else str(section.number),
            "kicker": self._say(section.kicker),
            "title": self._title(section.title),
            "blocks": [
                self._block(block, titled=titled)
                for block, titled in cover.titled(section, self._language)
            ],
        }

    def _block(self, block: Block, *, titled: bool) -> dict[str, Any]:
        match block:
            case Heading():
                return {"kind": "heading", "text": self._title(block.text)}
            case Paragraph():
                return {"kind": "paragraph", "text": self._say(block.text)}
            case Notice():
                return {"kind": "notice", "text": self._say(block.text)}
            case Items():
                return {"kind": "items", "items": [self._say(item) for item in block.items]}
            case Facts():
                return {"kind": "facts", "facts": self._facts(block.facts)}
            case Quotes():
                return {"kind": "quotes", "quotes": self._quotes(block)}
            case Picture():
                return self._picture(block)
            case Table():
                return self._table(block) | {"titled": titled}
            case Chart():
                return self._chart(block, titled=titled)
            case _:
                raise TypeError(block)

    def _facts(self, facts: tuple[Fact, ...]) -> list[dict[str, str]]:
        pairs = ((self._say(fact.label), self._say(fact.value)) for fact in facts)
        return [
            {"label": label, "value": value, "line": self._language.pair(label, value)}
            for label, value in pairs
        ]

    def _quotes(self, quotes: Quotes) -> list[dict[str, str]]:
        signed = (cover.signature(self._report, one, self._language) for one in quotes.quotes)
        texts = (self._say(one.text) for one in quotes.quotes)
        return [{"text": t, "by": self._say(s)} for t, s in zip(texts, signed, strict=True)]

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": self._say(table.caption),
            "head": [self._say(cell) for cell in table.head],
            "rows": [[self._say(cell) for cell in row] for row in table.rows],
            "numeric": list(table.numeric),
        }

    def _picture(self, picture: Picture) -> dict[str, Any]:
        alt = self._say(picture.alt)
        held = embedded(picture.src)
        if held is None or not self._opens(*held):
            return {"kind": "missing", "text": alt}
        kind, data = held
        name = f"{len(self.pictures)}.{kind}"
        self.pictures[name] = data
        return {"kind": "picture", "file": name, "alt": alt}

    def _chart(self, chart: Chart, *, titled: bool) -> dict[str, Any]:
        full = isinstance(chart.drawing, Wall) and len(chart.table.rows) > FULL
        drawn = (draw(chart, self._language, w, titled=titled) for w in (FULLS if full else [PAGE]))
        svg = min(drawn, key=_scale)
        return {
            "kind": "chart",
            "svg": self._known(svg, in_picture),
            "tall": _tall(svg),
            "full": full,
            "alt": f"{self._say(chart.title)}. {self._say(chart.count)}. {self._say(chart.alt)}",
            "table": self._beside(chart),
        }

    def _beside(self, chart: Chart) -> dict[str, Any]:
        """Give the data of a chart: a board by column where columns fit side by side."""
        columns = cover.by_column(chart.table, self._language)
        if not isinstance(chart.drawing, Wall) or not 0 < len(columns) <= ACROSS:
            return self._table(chart.table)
        return {
            "kind": "columns",
            "titles": [self._set(title) for title, _ in columns],
            "notes": [[self._set(note) for note in notes] for _, notes in columns],
        }

    def _title(self, words: Words) -> str:
        return self._set(cover.title(words, self._language)).strip() or "—"

    def _say(self, words: Words) -> str:
        return self._set(self._language.say(words))

    def _set(self, words: str) -> str:
        return LONG.sub(_breakable, self._known(typeset(words).replace("\t", " ")))

    def _known(self, text: str, draw: Callable[[str], str] = drawable) -> str:
        drawn = draw(text)
        self._replaced |= MISSING in drawn and MISSING not in text
        return drawn


def _scale(svg: str) -> float:
    """Say how much a drawing must be made smaller to fit a page: the least is the most readable."""
    size = SIZE.search(svg)
    return max(float(size[1]), float(size[2]) / SHAPE) if size else 0


def _tall(svg: str) -> float:
    """Give the height of a drawing for a width of 1."""
    size = SIZE.search(svg)
    return float(size[2]) / float(size[1]) if size else 1


def _breakable(match: re.Match[str]) -> str:
    """Let an endless word break anywhere but between a letter and its accents."""
    return re.sub(r"(\w{8}|.{8})(?=[^\u0300-\u036f\W])", "\\1\u200b", match[0])
