"""How loud a sound is to people: ITU-R BS.1770, in one channel."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from fabrique.jobs.media.decode import Samples

Energies = NDArray[np.float64]

STEPS = 100  # measures a second
HOP = 10  # measures from one block to the next
BLOCK = 4  # hops of a block: 400 ms
SILENCE = -70.0  # LUFS: what is below is not counted
RELATIVE = -10.0  # nor what is so far below the rest
OFFSET = -0.691
FASTER = 4  # samples between two samples, where true peaks hide
TAPS = 24


class Ear:
    """Hears pieces that follow each other, and keeps the weighted energy of each step."""

    HISTORY = 8192  # samples after which the filters have forgotten
    SIZE = 1 << 16  # samples filtered at once, with those before: what a processor holds close

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._before = np.zeros(self.HISTORY, np.float32)
        self._energies: list[Energies] = []
        self._weights = _weights(rate, self.SIZE)

    def hear(self, piece: Samples) -> None:
        """Take the next piece, of whole steps but for the last one."""
        step = self.rate // STEPS
        size = (self.SIZE - self.HISTORY) // step * step
        for at in range(0, len(piece), size):
            self._hear(piece[at : at + size], step)

    def _hear(self, piece: Samples, step: int) -> None:
        joined = np.concatenate([self._before, piece])
        heard = np.fft.irfft(np.fft.rfft(joined, self.SIZE) * self._weights, self.SIZE)
        own = heard[self.HISTORY : len(joined)]
        whole = own[: len(own) // step * step].reshape(-1, step)
        self._energies.append((whole**2).mean(axis=1, dtype=np.float64))
        self._before = joined[-self.HISTORY :]

    @property
    def energies(self) -> Energies:
        """Give the mean weighted energy of each step of ten milliseconds."""
        return np.concatenate([np.zeros(0), *self._energies])


def _weights(rate: int, size: int) -> NDArray[np.complex64]:
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    return (_shelf(rate, z) * _high_pass(rate, z)).astype(np.complex64)


def _shelf(rate: int, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Give the first filter of the norm, the effect of a head, for any sampling rate."""
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    above = (high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k)
    below = (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)
    return np.polyval(above[::-1], z) / np.polyval(below[::-1], z)


def _high_pass(rate: int, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Give the second one."""
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    below = np.array((1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)) / (1 + k / q + k * k)
    return np.polyval((1.0, -2.0, 1.0), z) / np.polyval(below[::-1], z)


def loudness(energies: Energies) -> float:
    """Give the loudness in LUFS, gated twice; minus infinity for silence."""
    hops = energies[: len(energies) // HOP * HOP].reshape(-1, HOP).mean(axis=1)
    if len(hops) < BLOCK:
        return _lufs(float(energies.mean())) if len(energies) else -math.inf
    sums = np.convolve(hops, np.ones(BLOCK) / BLOCK, "valid")
    loud = sums[sums > _energy(SILENCE)]
    if not len(loud):
        return -math.inf
    loud = loud[loud > _energy(_lufs(float(loud.mean())) + RELATIVE)]
    return _lufs(float(loud.mean()))


def _lufs(energy: float) -> float:
    return OFFSET + 10 * math.log10(energy) if energy > 0 else -math.inf


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET) / 10))


def decibels(level: float) -> float:
    """Give a level, 1 being the most a file can hold, in dB."""
    return 20 * math.log10(level) if level > 0 else -math.inf


def true_peak(samples: Samples) -> float:
    """Give the highest level between samples too, read four times as closely."""
    if not len(samples):
        return 0.0
    highest = float(np.abs(samples).max())
    at = np.arange(TAPS) - TAPS // 2 + 1
    for part in range(1, FASTER):
        away = at - part / FASTER
        taps = np.sinc(away) * np.cos(np.pi * away / (TAPS + 1)) ** 2
        between = np.convolve(samples, taps.astype(np.float32), "same")
        highest = max(highest, float(np.abs(between).max()))
    return highest
