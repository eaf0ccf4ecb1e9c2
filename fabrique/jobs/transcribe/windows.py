"""A long recording in windows that end where nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fabrique.jobs.media.decode import Samples

RATE = 16_000  # what the models were taught with
LONGEST = 360  # seconds: little memory, a first text soon, little lost by a crash
SEARCHED = 90  # seconds at the end of a window in which it may stop
STEP = RATE // 50
QUIET = 25  # steps: half a second


def windows(pieces: Iterator[Samples]) -> Iterator[tuple[int, Samples]]:
    """Give (first sample, samples) of each window: the same ones whenever they are asked for."""
    held, at, size = np.zeros(0, np.float32), 0, LONGEST * RATE
    for piece in pieces:
        held = np.concatenate([held, piece])
        while len(held) > size:
            cut = quietest(held[:size])
            yield at, held[:cut]
            held, at = held[cut:], at + cut
    if len(held):
        yield at, held


def quietest(window: Samples) -> int:
    """Give the middle of the quietest half second near the end of a window."""
    first = max(0, len(window) - SEARCHED * RATE)
    whole = window[first : len(window) - (len(window) - first) % STEP]
    energies = (whole.reshape(-1, STEP).astype(np.float64) ** 2).sum(axis=1)
    if len(energies) < QUIET:
        return len(window)
    sums = np.convolve(energies, np.ones(QUIET), "valid")
    # Of equally quiet ones the last: the longer window.
    best = len(sums) - 1 - int(np.argmin(sums[::-1]))
    return first + (best + QUIET // 2) * STEP
