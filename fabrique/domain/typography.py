"""French typography for our own strings, and what users' words need before they are shown.

Users' words are never set in French. The rules: Lexique des règles typographiques en usage à
l'Imprimerie nationale, with U+202F (narrow) before ; ! ? % and between thousands, U+00A0 before :
and inside « ».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

THIN = "\u202f"
FIRM = "\u00a0"
_GAP = f"[ {FIRM}{THIN}]*"
_RULE = re.compile(
    r"(?P<keep>(?:https?://|www\.)[^\s«»]+|\{[^{}]*\}|%\(\w+\)[a-z]|&#?\w+;|<[^<>]*>|\d+(?::\d+)+)"
    rf"|(?P<open>«){_GAP}"
    rf"|{_GAP}(?P<close>»)"
    rf"|(?<![\s([“«]){_GAP}(?P<high>[;!?]+)"
    rf"|(?<=[\d}}]){_GAP}(?P<percent>%)(?!\()"
    rf"|(?<![\s([“«:]){_GAP}(?P<colon>:)(?=[\s;!?»]|$)"
    rf"|(?<=[^\W\d_])(?P<apostrophe>')(?=[\w{{«“])"
    rf"|(?<=\d)[ {FIRM}](?P<thousand>)(?=\d{{3}}(?!\d))"
)
_WRITTEN = {
    "keep": "{}",
    "open": "{}" + FIRM,
    "close": FIRM + "{}",
    "high": THIN + "{}",
    "percent": THIN + "{}",
    "colon": FIRM + "{}",
    "apostrophe": "’",
    "thousand": THIN,
}

_LOOSE = re.compile(r"(?<=\S) (?=[;:!?»%](?:\s|$))|(?<=«) (?=\S)|(?<=\b[nN]°) (?=\d)")
# Controls and lone surrogates, then what turns the direction of writing around.
_UNHOLDABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_MARKS = 3  # combining marks on one letter: more of them cover the lines above and below
_TOWER = re.compile("[^\x00-\u02ff\u1e00-\u206f]{4}")  # nothing else can be one: quick to look for


def printable(text: str) -> str:
    """Give a text that any screen or document can show in its place, and every letter of it.

    Without control characters and lone surrogates; without marks of direction, which would turn
    around the words beside them; without towers of accents, which would cover those above.
    """
    plain = _UNHOLDABLE.sub("", text)
    return "".join(_lowered(plain)) if _TOWER.search(plain) else plain


def _lowered(text: str) -> Iterator[str]:
    for stacked, chars in groupby(text, key=_is_mark):
        run = "".join(chars)
        yield run[:_MARKS] if stacked else run


@cache
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def tied(text: str) -> str:
    """Keep "?" and its like on the line of the word before, "n°" on that of its number.

    No word or sign changes.

    For users' words where they are shown, never where they are kept.
    """
    return _LOOSE.sub(FIRM, text)


def typeset(text: str) -> str:
    """Give users' words as a screen or a document writes them: all there, in place, well broken."""
    return tied(printable(text))


def french(text: str) -> str:
    """Set a French string of ours; URLs, 10:06:03, `{names}`, tags and entities stay as they are.

    Setting it again changes nothing.
    """
    return _RULE.sub(_set, text)


def _set(match: re.Match[str]) -> str:
    rule = match.lastgroup or "keep"
    return _WRITTEN[rule].format(match[rule])
