"""How much louder a recording is made, and where it is held back so that nothing distorts.

The gain is a curve in steps of ten milliseconds, made of the peaks alone: any part of a recording
treated by itself gives the same sound, and how loud the whole will be is known beforehand.
"""

from __future__ import annotations

import math

import numpy as np

from fabrique.jobs.media.decode import Samples
from fabrique.jobs.media.loudness import STEPS, Energies, loudness

TARGET = -16.0  # LUFS
NEAR = 0.05
MOST = 40.0  # dB: what needs more is noise
AROUND = 4  # steps over which the curve bends
ROUNDS = 20


def peaks(piece: Samples, rate: int) -> Samples:
    """Give the highest level of each step of a piece."""
    step = rate // STEPS
    padded = np.pad(np.abs(piece), (0, -len(piece) % step))
    highest: Samples = padded.reshape(-1, step).max(axis=1)
    return highest


def curve(highest: Samples, gain: float, ceiling: float) -> Samples:
    """Give the factor of each step: `gain` (dB), less where peaks would pass `ceiling` (dB)."""
    factor = 10 ** (gain / 20)
    needed = np.minimum(1.0, 10 ** (ceiling / 20) / np.maximum(highest * factor, 1e-9))
    reach = AROUND + 1  # one more: between two steps the curve is a straight line
    padded = np.pad(needed, reach, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    bend = np.hanning(2 * AROUND + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, AROUND, mode="edge"), bend / bend.sum(), "valid")
    result: Samples = (smooth * factor).astype(np.float32)
    return result


def find_gain(
    energies: Energies, highest: Samples, ceiling: float, target: float = TARGET
) -> float:
    """Give the gain in dB after which the recording, held back, has the loudness we want."""
    now = loudness(energies)
    if math.isinf(now):
        return 0.0
    gain = min(target - now, MOST)
    for _ in range(ROUNDS):
        missing = target - loudness(treated(energies, curve(highest, gain, ceiling)))
        if abs(missing) < NEAR:
            break
        gain = min(gain + missing, MOST)
    return gain


def treated(energies: Energies, factors: Samples) -> Energies:
    """Give the energies after the curve, near enough to choose a gain by."""
    return energies * factors[: len(energies)].astype(np.float64) ** 2


def apply(piece: Samples, start: int, factors: Samples, rate: int) -> Samples:
    """Give a piece, whose first sample is the `start`-th of the recording, after the curve."""
    step = rate // STEPS
    first = max(0, start // step - 1)
    last = (start + len(piece)) // step + 2
    near = factors[first:last]
    middles = (np.arange(first, first + len(near)) + 0.5) * step - start
    result: Samples = piece * np.interp(np.arange(len(piece)), middles, near).astype(np.float32)
    return result
