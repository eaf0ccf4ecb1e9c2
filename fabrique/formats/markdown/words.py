"""Words as Markdown that means exactly these words: no mark, tag, link or table in them."""

from __future__ import annotations

import re

from fabrique.domain.typography import printable

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~^$&@]")
_OPENING = "-+=:%!"  # what could begin a list, a rule, a title or a table
# What a reader that goes beyond CommonMark would make a link of.
_ADDRESS = re.compile(r":(?=//)|(?<=\bmailto):|(?<=\bxmpp):|(?<=\bwww)\.", re.IGNORECASE)
_LIST = re.compile(r"^(\d{1,9})(?=[.)])")
_BREAKS = re.compile("[\n\u2028\u2029]")


def lines(text: str) -> list[str]:
    """Give each line of a text that is not empty."""
    flat = (" ".join(one.split()) for one in _BREAKS.split(printable(text)))
    return [_meant(one) for one in flat if one]


def line(text: str) -> str:
    """Give a text on one line."""
    return " ".join(lines(text))


def _meant(text: str) -> str:
    marked = _ADDRESS.sub(r"\\\g<0>", _MARKS.sub(r"\\\g<0>", text))
    numbered = _LIST.sub(r"\1\\", marked)
    return f"\\{numbered}" if numbered[0] in _OPENING else numbered
