"""No text may become a formula in a spreadsheet: the guard of CSV cells, and its way back.

A spreadsheet reads a cell as a formula by its first sign, and it may cut cells elsewhere than we
do: at commas, at tabs, at line breaks. So an apostrophe goes before every sign that opens a formula
and stands where a cell could begin, behind any spaces, quotes or invisible marks. Apostrophes that
were there already get one more: taking one away from each gives the text back.
"""

from __future__ import annotations

import re

# = + - @ and all that Unicode reads as one of them: full-width, small, raised, lowered; minus.
OPENS = "=+\\-@\u207a-\u207c\u208a-\u208c\u2212\u2a75\u2a76\ufb29"
OPENS += "\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_EDGE = r"(?:\A|[;,|\t-\r\x1c-\x1e\x85\u2028\u2029])"
_HIDDEN = (
    "\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
)
_HIDDEN += '\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"'
_AHEAD = f"(?='*[{OPENS}])"
_GUARD = re.compile(f"({_EDGE}[{_HIDDEN}]*+){_AHEAD}")
_GUARDED = re.compile(f"({_EDGE}[{_HIDDEN}]*+)'{_AHEAD}")
# Some spreadsheets take a leading tab or line break for the end of a cell.
_BLANK = r"(?='*[\x00\t\n\r])"
_BLANK_GUARD = re.compile(rf"\A{_BLANK}")
_BLANK_GUARDED = re.compile(rf"\A'{_BLANK}")


def guarded(text: str) -> str:
    """Give the text as a CSV cell may hold it."""
    return _BLANK_GUARD.sub("'", _GUARD.sub(r"\1'", text))


def unguarded(cell: str) -> str:
    """Give back what `guarded` was given."""
    return _GUARDED.sub(r"\1", _BLANK_GUARDED.sub("", cell))
