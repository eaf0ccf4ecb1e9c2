"""Whether a text says anything: spaces and characters that do not show are no contribution."""

from __future__ import annotations

from unicodedata import category

from fabrique.domain.text import Refused, Text

_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
# Unicode calls these letters, marks or symbols, and draws nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d\u180f") | {
    chr(selector) for selector in range(0xFE00, 0xFE10)
}


def check_written(text: str) -> str:
    """Give `text` back; raise `Refused` if there is nothing to read in it."""
    if all(char in _BLANK or category(char) in _UNSEEN for char in text):
        raise Refused("empty", Text("There is nothing to read here: write something first."))
    return text
