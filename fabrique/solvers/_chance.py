"""Chance and coolness as whole numbers: the same moves on any machine, compiled or not.

Marsaglia's xorshift128 (Journal of Statistical Software 8(14), 2003) in four words of 32 bits held
in `int64`, so that nothing overflows where Python does not. Acceptance compares integers with a
table: no `exp` or `log` of one machine's library decides on a move.
"""

from __future__ import annotations

from math import log

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]

MASK = 0xFFFFFFFF
WARMTH = 1024
"""A temperature of 1.0 is written 1024."""

LUCK: Ints = np.array([round(-1024 * log((i + 0.5) / 4096)) for i in range(4096)], np.int64)
"""−1024·ln u for 4,096 even shares u of (0, 1), rounded: no machine's last digit is left in it."""


def fresh(seed: int) -> Ints:
    """Give the state of a generator, shape (4,), from any whole number."""
    state = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & 0xFFFFFFFFFFFFFFFF
    words = []
    for _ in range(4):  # splitmix64: neighbouring seeds give unlike states
        state = (state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        words.append((mixed ^ (mixed >> 31)) & MASK)
    words[3] |= 1  # never four zeros
    return np.array(words, np.int64)


@njit(cache=True)
def draw(state: Ints) -> int:
    """Draw 32 bits; `state` goes on."""
    first = state[0]
    mixed = first ^ ((first << 11) & MASK)
    state[0], state[1], state[2] = state[1], state[2], state[3]
    last = state[3]
    state[3] = last ^ (last >> 19) ^ mixed ^ (mixed >> 8)
    return int(state[3])


@njit(cache=True)
def below(state: Ints, n: int) -> int:
    """Draw a whole number from 0 to n − 1, for n below 2³¹."""
    return (draw(state) * n) >> 32


@njit(cache=True)
def accepts(state: Ints, luck: Ints, worse: int, warmth: int) -> bool:
    """Say whether a move that costs `worse` more is made at `warmth` (Metropolis)."""
    if worse <= 0:
        return True
    return bool(worse * WARMTH * 1024 <= warmth * luck[draw(state) >> 20])


def cooling(hot: float, cold: float, steps: int) -> Ints:
    """Give the temperatures of a geometric schedule, shape (steps,), 1024 for 1.0."""
    ratio = (cold / hot) ** (1 / max(steps - 1, 1))
    return np.array([max(1, round(WARMTH * hot * ratio**k)) for k in range(steps)], np.int64)
