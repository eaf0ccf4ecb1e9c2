"""When two people said the same word: the key under which French texts are grouped.

The rule is live-activities 3.6: case, accents, ligatures, spaces, outer punctuation and one
leading article do not count; inner hyphens and the number of a word do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_ARTICLE = re.compile(r"(?:l'|d'|(?:le|la|les|un|une|des) )(?=.)", re.DOTALL)


def bare(text: str) -> str:
    """Fold case, accents and runs of spaces, nothing else."""
    return " ".join(_without_accents(text.casefold()).split())


def plain(text: str) -> str:
    """Fold case, accents, the œ ligature, the typographic apostrophe and runs of spaces."""
    bare_text = _without_accents(unicodedata.normalize("NFKC", text).casefold())
    same = unicodedata.normalize("NFKC", bare_text).replace("œ", "oe").replace("’", "'")
    return " ".join(same.split())


def key(text: str) -> str:
    """Give the key of a word or short text; empty when nothing but punctuation is left."""
    trimmed = _trim(plain(text))
    article = _ARTICLE.match(trimmed)
    rest = _trim(trimmed[article.end() :]) if article else ""
    return rest or trimmed


def stems(text: str) -> tuple[str, ...]:
    """Give the sorted stems (Snowball French) of a text's folded words: the key of duplicates."""
    return tuple(sorted(_stem(word) for word in key(text).split()))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on, and reports are made in several threads.
    stem: str = snowballstemmer.stemmer("french").stemWord(word)
    return stem


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _trim(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _outer(text[start]):
        start += 1
    while end > start and _outer(text[end - 1]):
        end -= 1
    return text[start:end]


def _outer(char: str) -> bool:
    return char.isspace() or unicodedata.category(char).startswith("P")
