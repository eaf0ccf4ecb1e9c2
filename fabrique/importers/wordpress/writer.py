"""HTML of any age as Markdown: what structures the text stays, what dresses it goes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from fabrique.importers.wordpress.addresses import absolute
from fabrique.importers.wordpress.boxes import Box, boxed, fenced, joined, tight
from fabrique.importers.wordpress.inline import (
    BREAK,
    CODE,
    LINK,
    SOFT,
    STRONG,
    Span,
    clean,
    written,
)

MARKS = {"strong": STRONG, "b": STRONG, "em": SOFT, "i": SOFT, "cite": SOFT, "code": CODE}
TITLES = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}
LISTS = {"ul": "ul", "ol": "ol", "table": "ul"}
ITEMS = {"li", "tr"}
SHOWN = {"img": "src", "iframe": "src", "audio": "src", "video": "src", "source": "src",
         "embed": "src", "object": "data"}  # fmt: skip
FILES = {"img", "audio", "video", "source"}
PARTING = set(
    "p div section article header footer aside main figure figcaption address details summary"
    " dl dt dd form fieldset thead tbody tfoot caption center".split()
)
SILENT = {"script", "style", "noscript", "template", "svg", "select", "button", "textarea"}
DEEPEST = 12  # lists and quotes in one another
SEPARATOR = " · "  # of cells
SMILES = ("wp-smiley", "emoji")  # pictures that stand for one sign


class Writer(HTMLParser):
    """Hears HTML, then gives the Markdown; `media` are the addresses of what it shows."""

    def __init__(self, site: str, *, classic: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.media: list[str] = []
        self._site = site
        self._classic = classic  # a line break of the source is one of the text
        self._boxes = [Box("", [])]
        self._spans = [Span("", [])]
        self._title = ""
        self._pre: list[str] | None = None
        self._silent = ""

    def markdown(self) -> str:
        """Give it all."""
        self.close()
        self._flush()
        while len(self._boxes) > 1:
            self._leave()
        return joined(self._boxes[0].blocks)

    def updatepos(self, _i: int, j: int) -> int:
        """Count no lines: nobody asks."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hear an element begin."""
        given = {name: value or "" for name, value in attrs}
        if self._silent:
            return
        if tag in SILENT:
            self._silent = tag
        elif tag in SHOWN:
            self._show(tag, given)
        elif self._pre is not None:
            if tag == "br":
                self._pre.append("\n")
        elif tag in MARKS or tag == "a":
            self._open(MARKS.get(tag, LINK), absolute(given.get("href", ""), self._site))
        else:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag == "br":
            self._say(BREAK)
        elif tag in ("td", "th"):
            if self._has_words():
                self._say(SEPARATOR)
        elif tag == "pre":
            self._flush()
            self._pre = []
        elif tag in TITLES:
            self._flush()
            self._title = TITLES[tag]
        elif tag == "hr":
            self._flush()
            self._boxes[-1].blocks.append("---")
        elif tag in LISTS or tag == "blockquote" or tag in ITEMS:
            self._enter(LISTS.get(tag, "li" if tag in ITEMS else tag))
        elif tag in PARTING:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        """Hear an element end; what never began is nothing."""
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag == "pre" and self._pre is not None:
            text = "".join(self._pre).strip("\n")
            self._pre = None
            if text.strip():
                self._boxes[-1].blocks.append(fenced(text))
        elif tag in MARKS or tag == "a":
            self._shut(MARKS.get(tag, LINK))
        elif tag in LISTS or tag == "blockquote" or tag in ITEMS:
            self._close_box(LISTS.get(tag, "li" if tag in ITEMS else tag))
        elif tag in TITLES or tag in PARTING:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Hear words."""
        if self._silent:
            return
        if self._pre is not None:
            self._pre.append(data)
        elif not self._classic or self._spans[-1].mark == CODE:
            self._say(data)
        else:
            for n, part in enumerate(re.split(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+", data)):
                if n:
                    self._flush()
                for m, line in enumerate(part.split("\n")):
                    if m:
                        self._say(BREAK)
                    self._say(line)

    def _say(self, words: str) -> None:
        self._spans[-1].parts.append(BREAK if words == BREAK else words.replace(BREAK, " "))

    def _has_words(self) -> bool:
        return bool(written(self._spans[0]))

    def _open(self, mark: str, address: str) -> None:
        if mark == LINK and (not address or any(one.mark == LINK for one in self._spans)):
            return
        if len(self._spans) > DEEPEST or self._spans[-1].mark == CODE:
            return
        span = Span(mark, [], address)
        self._spans[-1].parts.append(span)
        self._spans.append(span)

    def _shut(self, mark: str) -> None:
        for n in range(len(self._spans) - 1, 0, -1):
            if self._spans[n].mark == mark:
                del self._spans[n:]
                return

    def _show(self, tag: str, given: dict[str, str]) -> None:
        """Name a picture or a film in the text, with where it is."""
        if any(one in given.get("class", "") for one in SMILES):
            self._say(given.get("alt", ""))
            return
        address = absolute(given.get(SHOWN[tag], ""), self._site)
        if not address:
            return
        parts = urlsplit(address)
        name = clean(given.get("alt", "") or given.get("title", "")).strip()
        if tag in FILES:
            self.media.append(address)
            name = name or parts.path.rpartition("/")[2]
        words = name or parts.hostname or address
        linked = any(one.mark == LINK for one in self._spans)
        self._spans[-1].parts.append(words if linked else Span(LINK, [words], address))

    def _flush(self) -> None:
        """End the paragraph or the title that is being heard."""
        words, title = written(self._spans[0]), self._title
        self._spans, self._title = [Span("", [])], ""
        if words:
            flat = words.replace("\\\n", " ")
            self._boxes[-1].blocks.append(f"{title} {flat}" if title else words)

    def _enter(self, tag: str) -> None:
        self._flush()
        if len(self._boxes) > DEEPEST:
            return
        if tag == "li":
            if self._boxes[-1].tag == "li":
                self._leave()
            if self._boxes[-1].tag not in ("ul", "ol"):
                self._boxes.append(Box("ul", []))
        self._boxes.append(Box(tag, []))

    def _close_box(self, tag: str) -> None:
        self._flush()
        if tag in (one.tag for one in self._boxes):
            while self._leave() != tag:
                pass

    def _leave(self) -> str:
        box = self._boxes.pop()
        if box.tag == "li":
            self._boxes[-1].blocks.append(tight(box.blocks))
        elif any(box.blocks):
            self._boxes[-1].blocks.append(boxed(box))
        return box.tag
