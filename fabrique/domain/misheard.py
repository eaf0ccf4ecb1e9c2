"""Words of a transcript that may be names heard wrong: proposals, which a person accepts or not.

A word that is nearly a known one — of a participant, a venue, the agenda — begins alike and differs
by a letter or two once case and accents are folded; or by its accents alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from fabrique.domain.fold_text import plain

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SHORT, LONG = 4, 7  # letters: below the first no word is looked for, from the second two may differ
MOST = 12
OFTEN = 0.002  # of all words: what is said so often is a word of the language, not a slip


class Misheard(Struct, frozen=True):
    """A word as it is written, the known one that it may be, and how often it stands there."""

    written: str
    known: str
    times: int


def misheard(texts: Sequence[str], known: Iterable[str]) -> tuple[Misheard, ...]:
    """Give what may be names heard wrong, the most frequent first."""
    said = Counter(word for text in texts for word in WORD.findall(text))
    names = {plain(word): word for text in known for word in WORD.findall(text) if _name(word)}
    right = {word.casefold() for word in names.values()}
    most = max(3, int(OFTEN * said.total()))
    found = [
        Misheard(word, names[near], times)
        for word, times in said.items()
        if word.casefold() not in right and times <= most and (near := _nearest(word, names))
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, one.written))[:MOST])


def _name(word: str) -> bool:
    return len(word) >= SHORT and word[0].isupper()


def _nearest(word: str, names: Iterable[str]) -> str:
    folded = plain(word)
    if len(folded) < SHORT:
        return ""
    near = [(_distance(folded, name), name) for name in names if name[0] == folded[0]]
    # A common word in small letters is rarely a name: it has to be nearer.
    most = (2 if len(folded) >= LONG else 1) - (not word[0].isupper())
    best = min(near, default=(most + 1, ""))
    return best[1] if best[0] <= most else ""


def _distance(one: str, other: str) -> int:
    """Count the letters to add, drop or change to go from one word to another."""
    if abs(len(one) - len(other)) > 2:  # noqa: PLR2004 - no more is ever taken
        return 3
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        fresh = [n]
        for m, there in enumerate(other, 1):
            fresh.append(min(row[m] + 1, fresh[m - 1] + 1, row[m - 1] + (letter != there)))
        row = fresh
    return row[-1]
