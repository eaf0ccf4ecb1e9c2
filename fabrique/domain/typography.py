"""French typography for our own strings: users' words never pass through here.

Rules: Lexique des règles typographiques en usage à l'Imprimerie nationale, with U+202F (narrow)
before ; ! ? % and between thousands, U+00A0 before : and inside « ».
"""

from __future__ import annotations

import re

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

_LOOSE = re.compile(r"(?<=\S) (?=[;:!?»%](?:\s|$))|(?<=«) (?=\S)")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Give a text that any document can hold: without control characters and lone surrogates."""
    return _UNHOLDABLE.sub("", text)


def tied(text: str) -> str:
    """Keep "?" and its like on the line of the word before: no word or sign changes.

    For users' words where they are shown, never where they are kept.
    """
    return _LOOSE.sub(FIRM, text)


def french(text: str) -> str:
    """Set a French string of ours; URLs, 10:06:03, `{names}`, tags and entities stay as they are.

    Setting it again changes nothing.
    """
    return _RULE.sub(_set, text)


def _set(match: re.Match[str]) -> str:
    rule = match.lastgroup or "keep"
    return _WRITTEN[rule].format(match[rule])
