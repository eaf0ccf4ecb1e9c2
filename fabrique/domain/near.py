"""Texts that may say the same thing: proposals for a person to judge, never a decision.

Two texts are as near as the words they share (stems) or as the letters they share (runs of three),
whichever is more: the first sees another order or form, the second a slip of the finger.
"""

from __future__ import annotations

from functools import lru_cache

from fabrique.domain.fold_text import key, stems

MOST = 3
LEAST = 0.42  # of likeness, from 0 to 1: below, a proposal is more often wrong than right
# Stems that join more texts than they bring near.
COMMON = frozenset("avec dans plus pour sans fair etre avoir notr votr nous vous tout cett".split())
RUN = 3  # letters
SHORT = 3  # letters: stems that are not longer join more texts than they bring near
FARTHEST = 150  # texts: above, only the latest are compared, so that a room never waits for it


def nearest(texts: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Give for each text the places of the nearest others, the nearest first."""
    return _nearest(texts)


@lru_cache(maxsize=16)
def _nearest(texts: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    first = max(len(texts) - FARTHEST, 0)
    found: list[list[tuple[float, int]]] = [[] for _ in texts]
    for one in range(first, len(texts)):
        for other in range(first, one):
            likeness = alike(texts[other], texts[one])
            if likeness >= LEAST:
                found[one].append((-likeness, other))
                found[other].append((-likeness, one))
    return tuple(tuple(place for _, place in sorted(row)[:MOST]) for row in found)


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> float:
    """Say how near two texts are, from 0 to 1."""
    shares = (_share(_words(one), _words(other)), _share(_letters(one), _letters(other)))
    return 0.95 * max(shares) + 0.05 * min(shares)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


@lru_cache(maxsize=5_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if len(stem) > SHORT and stem not in COMMON)


@lru_cache(maxsize=5_000)
def _letters(text: str) -> frozenset[str]:
    padded = f" {key(text)} "
    return frozenset(padded[place : place + RUN] for place in range(len(padded) - RUN + 1))
