"""The content of a text as Markdown: blocks, shortcodes and old HTML alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from msgspec import Struct

from fabrique.importers.wordpress.inline import clean
from fabrique.importers.wordpress.shortcodes import Shortcodes
from fabrique.importers.wordpress.writer import Writer

_MORE = re.compile(r"<!--\s*more\b.*?-->", re.IGNORECASE | re.DOTALL)
_NEXT = re.compile(r"<!--\s*nextpage\s*-->", re.IGNORECASE)
_REUSED = re.compile(r"<!--\s*wp:block\s")
_TAG = re.compile(r"<[^<>]{0,2000}>")
BLOCKS = "<!-- wp:"
_DECLARED = re.compile(r"<!(?!--)[^>]*>?")  # what a word processor leaves, `<![if …]>`
REUSED = "wp:block"  # a piece of text kept elsewhere on the site


class Body(Struct, frozen=True):
    """What is read: `before` is the HTML above “read on”; `left`, codes of which nothing shows."""

    text: str
    before: str
    media: tuple[str, ...]
    left: tuple[str, ...]


def body_of(content: str, site: str, files: Mapping[str, str]) -> Body:
    """Read it."""
    codes = Shortcodes(files)
    parts = _MORE.split(content, maxsplit=1)
    writer = Writer(site, classic=BLOCKS not in content)
    plain = _NEXT.sub("\n\n", "\n\n".join(parts) if len(parts) > 1 else content)
    writer.feed(_DECLARED.sub("", codes.replaced(plain)))
    text = writer.markdown()
    left = (*codes.left, *([REUSED] if _REUSED.search(content) else []))
    before = parts[0] if len(parts) > 1 else ""
    return Body(text, before, tuple(dict.fromkeys(writer.media)), left)


def line_of(html: str) -> str:
    """Give the words of a title or of a summary, on one line."""
    return clean(unescape(_TAG.sub("", unescape(html)) if "<" in html else unescape(html))).strip()
