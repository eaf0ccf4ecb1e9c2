"""Which sentences say most of what was said: near the centre of all, and unlike each other.

Stems weigh by the number of sentences that share them (the centroid); a sentence by the stems
that it brings, by its length, less where it talks to somebody; what was already brought counts
for less and less (marginal relevance). A choice of extracts, no summary: what is said once is found
by people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer
from msgspec import Struct

from fabrique.domain.claims import fold
from fabrique.domain.minutes import Cite, Sentence
from fabrique.domain.passages import Passage

# Measured on French debates (bench/extracts.py), where neighbouring values do as well.
MOST = 160  # words for a window
SHARE = 0.25  # of what was said there, at most
SHORTEST = 3  # letters
LEAST = 8  # words of an extract: below, it says nothing by itself
AGAIN = 0.5  # what a stem counts for each further time it is brought
SHARED = 1.3  # how much more a stem counts for being shared
LENGTH = 0.7  # 1: the best sentence is the densest; 0: the longest
ADDRESS = 3  # how much talking to somebody counts against a sentence
TALK = frozenset("je j me m moi tu te toi ton ta tes vous votre vos i me my you your".split())


class _Sentence(Struct, frozen=True):
    stems: frozenset[str]
    words: int
    worth: float


def extracts(inside: Sequence[Passage], section: str, words: int = MOST) -> Iterator[Sentence]:
    """Give the best passages of a window as sentences that cite themselves."""
    able = [one for one in inside if len(fold(one.text).split()) >= LEAST]
    said = sum(len(one.text.split()) for one in inside)
    for place in chosen([one.text for one in able], min(words, int(said * SHARE))):
        one = able[place]
        yield Sentence(one.text, "extract", (Cite(f"t:{one.cue}", one.text),), section)


def chosen(texts: Sequence[str], words: int) -> list[int]:
    """Give the places of the best texts, in their order, `words` words together at most.

    One at least, where any is long enough.
    """
    found = {place: _sentence(text) for place, text in enumerate(texts)}
    shared = Counter(stem for one in found.values() for stem in one.stems)
    weights = {stem: (times - 0.7) ** SHARED for stem, times in shared.items()}
    able = {n: one for n, one in found.items() if one.stems and one.words >= LEAST}
    return sorted(_picked(able, weights, words))


def _picked(able: dict[int, _Sentence], weights: dict[str, float], words: int) -> list[int]:
    brought: Counter[str] = Counter()
    found: list[int] = []
    while able:
        best = max(able, key=lambda n: (_gain(able[n], weights, brought), -n))
        found.append(best)
        brought.update(able[best].stems)
        words -= able.pop(best).words
        able = {n: one for n, one in able.items() if one.words <= words}
    return found


def _gain(one: _Sentence, weights: dict[str, float], brought: Counter[str]) -> float:
    # In one order: sums of fractions differ by it, and a set has none.
    told = sum(sorted(weights[stem] * AGAIN ** brought[stem] for stem in one.stems))
    return told * one.worth


def _sentence(text: str) -> _Sentence:
    folded = fold(text).split()
    stems = frozenset(
        _stem(word) for word in folded if word not in _common() and len(word) >= SHORTEST
    )
    words = len(text.split())
    talk = sum(word in TALK for word in folded) / (len(folded) or 1)
    worth = max(1 - ADDRESS * talk, 0) / max(words, 1) ** LENGTH
    return _Sentence(stems, words, worth)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = snowballstemmer.stemmer("french").stemWord(word)
    return stem


@cache
def _common() -> frozenset[str]:
    """Give the words that say nothing of what is spoken of, folded."""
    path = Path(__file__).resolve().parent / "stop_words.txt"
    return frozenset(path.read_text(encoding="utf-8").split())
