"""The report as one web page that needs nothing else: no script, no request, any screen, print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import htpy as h
from markupsafe import Markup
from msgspec import Struct

from fabrique.domain import cover
from fabrique.domain.blocks import Report, Section
from fabrique.domain.filtered import Filter
from fabrique.domain.language import Language
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import typeset
from fabrique.formats.html.parts import Parts, anchor

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""The only style a Content-Security-Policy has to allow: `style-src '{STYLE_HASH}'`."""
# Without one, browsers ask the server for an icon.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 16'%3E"
    "%3Cpath d='M0 16V10a10 10 0 0120 0v6z' fill='%23a3123a'/%3E"
    "%3Cpath d='M4 16a6 6 0 0112 0z' fill='%23ffc845'/%3E%3C/svg%3E"
)
SKIP = Text("Skip to the report")
FILTER, EVERYBODY, SHOW = Text("Results of"), Text("everybody"), Text("Show")
MAIN = "reading"


class Asked(Struct, frozen=True):
    """What results can be filtered by, what was chosen, and why it is not shown if it is not."""

    filters: tuple[Filter, ...]
    chosen: str = ""
    refused: Words = ""


class Html:
    """A self-contained page, UTF-8."""

    suffix = "html"
    media_type = "text/html; charset=utf-8"

    def render(
        self,
        report: Report,
        language: Language,
        *,
        links: Mapping[str, str] | None = None,
        files: Sequence[tuple[Words, str]] = (),
        acts: Sequence[tuple[Words, str]] = (),
        asked: Asked | None = None,
    ) -> bytes:
        """Write the page.

        `links` gives the address of a chart's picture by the chart's id, `files` the name and
        the address of other forms of the report, `acts` those of the pages that go on from it, the
        most likely first, `asked` what its results can be filtered by.
        """
        page = _Page(report, language, links or {}, files, acts, asked)
        return f"<!doctype html>{page.whole()}".encode()


class _Page:
    def __init__(
        self,
        report: Report,
        language: Language,
        links: Mapping[str, str],
        files: Sequence[tuple[Words, str]],
        acts: Sequence[tuple[Words, str]],
        asked: Asked | None,
    ) -> None:
        self._report = report
        self._asked = asked
        self._files = files
        self._acts = acts
        self._language = language
        self._parts = Parts(report, language, links)

    def whole(self) -> h.Element:
        """Lay the cover, the contents, then one section after the other."""
        return h.html(lang=self._language.code)[
            self._head(),
            h.body[
                h.a(".skip", href=f"#{MAIN}")[self._say(SKIP)],
                h.header[self._cover()],
                self._contents(),
                h.main(id=MAIN, tabindex="-1")[map(self._section, self._report.sections)],
                h.footer[self._say(cover.provenance(self._report))],
            ],
        ]

    def _head(self) -> h.Element:
        return h.head[
            h.meta(charset="utf-8"),
            h.meta(name="viewport", content="width=device-width,initial-scale=1"),
            h.link(rel="icon", href=ICON),
            h.title[self._title(self._report.title)],
            h.style[Markup(STYLE)],  # noqa: S704 - our own file
        ]

    def _cover(self) -> list[h.Node]:
        report, say = self._report, self._say
        return [
            h.p(".kicker")[cover.kicker(report, say)],
            h.h1[self._title(report.title)],
            h.p(".when")[cover.when(report, self._language)],
            h.p[say(cover.hosted(report))] if report.facilitator else None,
            h.p(".lead")[say(report.introduction)] if report.introduction else None,
            h.ul[self._figures()] if report.facts else None,
            h.p(".acts")[map(self._act, self._acts)] if self._acts else None,
            h.p(".files")[map(self._file, self._files)] if self._files else None,
            self._filter(self._asked) if self._asked and self._asked.filters else None,
        ]

    def _filter(self, asked: Asked) -> h.Element:
        """Ask for the results of some: a form of the page's own address, without a script."""
        say = self._say
        groups = (
            h.optgroup(label=say(one.title))[
                (
                    h.option(value=value, selected=value == asked.chosen)[say(label)]
                    for value, label in one.options
                )
            ]
            for one in asked.filters
        )
        return h.form(".filter", method="get")[
            h.label[
                h.span[say(FILTER)],
                h.select(name="only")[h.option(value="")[say(EVERYBODY)], groups],
            ],
            h.button[say(SHOW)],
            h.p(".notice", role="alert")[say(asked.refused)] if asked.refused else None,
        ]

    def _file(self, file: tuple[Words, str]) -> h.Element:
        name, address = file
        return h.a(href=address, download=True)[self._say(name)]

    def _act(self, act: tuple[Words, str]) -> h.Element:
        name, address = act
        return h.a(href=address)[self._say(name)]

    def _figures(self) -> list[h.Node]:
        say = self._say
        return [h.li[h.b[say(fact.value)], " ", say(fact.label)] for fact in self._report.facts]

    def _contents(self) -> h.Element:
        title = self._say(cover.CONTENTS)
        return h.nav(aria_label=title)[h.h2[title], h.ol[map(self._entry, self._report.sections)]]

    def _entry(self, section: Section) -> h.Element:
        link = h.a(href=f"#{anchor(section.id)}")[self._title(section.title)]
        return h.li(data_number=_number(section))[link]

    def _section(self, section: Section) -> h.Element:
        return h.section(id=anchor(section.id), data_number=_number(section))[
            h.p(".kicker")[self._say(section.kicker)] if section.kicker else None,
            h.h2[self._title(section.title)],
            self._parts.of(section),
        ]

    def _title(self, words: Words) -> str:
        return typeset(cover.title(words, self._language))

    def _say(self, words: Words) -> str:
        return typeset(self._language.say(words))


def _number(section: Section) -> str | None:
    return None if section.number is None else str(section.number)


KIND = Html()
