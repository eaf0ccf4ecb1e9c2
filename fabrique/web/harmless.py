"""Words that stay in their place: shown as typed, without what would write over other words."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

MARKS = 3  # combining marks on one letter: more of them cover the lines above and below
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """Give `text` without controls of direction and without towers of accents."""
    if text.isascii():
        return text
    plain = _DIRECTIONS.sub("", text)
    kept = []
    for stacked, chars in groupby(plain, key=lambda char: unicodedata.category(char) == "Mn"):
        run = "".join(chars)
        kept.append(run[:MARKS] if stacked else run)
    return "".join(kept)
