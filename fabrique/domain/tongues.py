"""In which language words are: told by the small ones, which no language shares with all others.

A profile of our own, seven languages; of any other, and of names alone, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from fabrique.domain.text import Text

NAMES = {
    "de": Text("German"),
    "en": Text("English"),
    "es": Text("Spanish"),
    "fr": Text("French"),
    "it": Text("Italian"),
    "nl": Text("Dutch"),
    "pt": Text("Portuguese"),
}
OTHER = Text("another language ({code})")
LEAST = 20  # words, below which nothing is said
DENSE = 0.2  # of all words: what the small words of a language are at least, in its own texts
PIECE = 12  # words that are told together at least, where a text may hold several languages
AHEAD = 0.6  # a piece that is told with less is of no language
SCALE = 3600  # of a word that one language alone has
_WORD = re.compile(r"[^\W\d_]+")


class Tongue(Struct, frozen=True):
    """A language by its code; of all that speaks for the two likeliest, its part: 0.5 to 1."""

    code: str
    confidence: float


def name_of(code: str) -> Text:
    """Name a language."""
    return NAMES.get(code) or Text(OTHER.msgid, {"code": code})


def tongue(text: str, least: int = LEAST) -> Tongue | None:
    """Tell the language of a text; None where too few words say it."""
    words = _WORD.findall(text.casefold())
    if len(words) < least:
        return None
    weights: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for word in words:
        codes = _profile().get(word, ())
        for code in codes:
            weights[code] += SCALE // len(codes) ** 2  # what several languages have says little
            small[code] += 1
    likeliest = weights.most_common(2)
    if not likeliest or small[likeliest[0][0]] < DENSE * len(words):
        return None
    code, first = likeliest[0]
    return Tongue(code, first / sum(weight for _, weight in likeliest))


def shares(texts: Iterable[str]) -> dict[str, float]:
    """Give which part of what can be told is in which language, 0 to 1, the largest first.

    Nothing where too little can.
    """
    counts: Counter[str] = Counter()
    every = 0
    for piece in _pieces(texts):
        every += len(piece)
        found = tongue(" ".join(piece), PIECE)
        if found and found.confidence >= AHEAD:
            counts[found.code] += len(piece)
    told = counts.total()
    if told < LEAST or told * 2 < every:
        return {}
    return {code: count / told for code, count in counts.most_common()}


def _pieces(texts: Iterable[str]) -> Iterator[list[str]]:
    """Join short texts and cut long ones; people change language between two, rarely within."""
    held: list[str] = []
    for text in texts:
        held += _WORD.findall(text)
        while len(held) >= PIECE:
            size = 2 * PIECE if len(held) >= 3 * PIECE else len(held)
            yield held[:size]
            held = held[size:]


@cache
def _profile() -> dict[str, tuple[str, ...]]:
    """Give for each small word the languages that have it."""
    path = Path(__file__).resolve().parent / "function_words.txt"
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, words = line.partition(": ")
        for word in dict.fromkeys(_WORD.findall(words)):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
