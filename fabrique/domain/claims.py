"""What a sentence claims, as a machine can see it: its words, names, negations."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

_WORD = re.compile(r"[^\W_]+|%")
_ENDS = re.compile(r"[.!?…\n]")
_OPENS = re.compile(r"[.!?…:«“”\"\n–—•]")  # after these a capital is no sign of a name
SHORTEST_NAME = 3
# "ne" alone may be left out in speech; the others carry the meaning.
NE = frozenset(("ne", "n"))
NEGATIONS = frozenset(
    "pas jamais aucun aucune sans ni plus rien contre refuse refuser refusent refusons "
    "not never without cannot no none nobody".split()
)


class Token(Struct, frozen=True):
    """A word folded, the number of its sentence, and whether its capital may be that of a name."""

    word: str
    sentence: int
    capital: bool
    initial: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into words: case, accents, ligatures and punctuation do not count."""
    plain = _unaccented(text)
    found: list[Token] = []
    place = sentence = 0
    for match in _WORD.finditer(plain):
        between = plain[place : match.start()]
        if found and _ENDS.search(between):
            sentence += 1
        initial = not found or bool(_OPENS.search(between))
        word = match[0]
        found.append(Token(word.casefold(), sentence, word[0].isupper(), initial))
        place = match.end()
    return tuple(found)


def fold(text: str) -> str:
    """Give a text's words, folded, parted by single spaces."""
    return " ".join(token.word for token in tokens(text))


def locate(wanted: Sequence[str], words: Sequence[str]) -> int | None:
    """Give where a run of words stands whole among others; None where it does not."""
    size = len(wanted)
    if not size:
        return None
    first = wanted[0]
    for place in range(len(words) - size + 1):
        if words[place] == first and list(words[place : place + size]) == list(wanted):
            return place
    return None


def names(text: Iterable[Token], *, initial: bool) -> list[str]:
    """Give the words that look like names; those that begin a sentence only if `initial`."""
    return [
        one.word
        for one in text
        if one.capital and len(one.word) >= SHORTEST_NAME and not one.word.isdigit()
        if initial or not one.initial
    ]


def negations(text: Iterable[str]) -> Counter[str]:
    """Count the words that deny, "ne" apart."""
    return Counter(word for word in text if word in NEGATIONS)


def has_ne(text: Iterable[str]) -> int:
    """Count "ne" and "n'"."""
    return sum(word in NE for word in text)


def _unaccented(text: str) -> str:
    same = text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
    split = unicodedata.normalize("NFKD", same)
    return "".join(sign for sign in split if not unicodedata.combining(sign))
