"""From a recording to an MP3, step by step: what a killed process has done is found again.

Measure the whole, choose the gain, encode part by part, join. Nothing has the MP3's name before all
of it is there.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile

import msgspec
import numpy as np
from msgspec import Struct

from fabrique.domain.kept import moved
from fabrique.jobs.media import level, tags
from fabrique.jobs.media.decode import Reading, Samples
from fabrique.jobs.media.look import MILLISECONDS, look
from fabrique.jobs.media.loudness import Ear, Energies, decibels, loudness, true_peak
from fabrique.jobs.media.mp3 import RATE, Parts
from fabrique.jobs.media.order import Order, Sound, mark_of
from fabrique.jobs.refusals import Unfit

NAME = "sound.mp3"
MEASURING = 0.3  # of the work
PEAK = -1.5  # dB, between samples and once decoded
CEILING = -2.5  # dB, of samples before encoding, which adds to them
MARGIN = 0.2
NEAR = 0.5  # LU
WORTH = 0.1  # LU that another try must bring
TRIES = 4

Say = Callable[[float], None]


class Measured(Struct, frozen=True):
    """What the first reading found, kept beside the two rows of numbers."""

    mark: str
    samples: int
    heard: int
    declared: int
    created: str = ""
    parts: tuple[int, ...] = ()


def make_sound(source: Path, folder: Path, order: Order, say: Say) -> Sound:
    """Write `sound.mp3` into `folder`; raise `Unfit` or `OSError`, and then it is not there."""
    found, energies, highest = _measured(source, folder, order, say)
    if math.isinf(loudness(energies)):
        raise Unfit("sound_silent")
    target, ceiling, missing = level.TARGET, CEILING, math.inf
    for n in range(TRIES):  # one will do nearly always: only an encoder knows what it leaves out
        factors = level.curve(highest, level.find_gain(energies, highest, ceiling, target), ceiling)
        parts = Parts(folder / f"at{n}", factors, found.samples)
        loud, peak = _encode(parts, Reading(source, RATE, order.cuts), say)
        before, missing = missing, level.TARGET - loud
        better = abs(before) - abs(missing) > WORTH  # else held back so much that nothing helps
        if (peak <= PEAK and (abs(missing) <= NEAR or not better)) or n + 1 == TRIES:
            break
        shutil.rmtree(parts.folder)
        target += missing
        ceiling -= peak - PEAK + MARGIN if peak > PEAK else 0.0
    duration = found.samples * MILLISECONDS // RATE
    chapters = [(moved(at, order.cuts), title) for at, title in order.chapters]
    _join(folder / NAME, tags.head(order.title, chapters, duration), parts)
    volume = round(loud, 2), round(peak, 2)
    return Sound(duration, found.heard, found.declared, *volume, found.created, found.parts)


def _measured(
    source: Path, folder: Path, order: Order, say: Say
) -> tuple[Measured, Energies, Samples]:
    record, numbers = folder / "measured.json", folder / "measured.npz"
    mark = mark_of(source, order.cuts)
    try:
        return _kept(record, numbers, mark)
    except (OSError, LookupError, ValueError, BadZipFile):  # never made, of another file, or torn
        for one in folder.glob("at*"):
            shutil.rmtree(one)
        record.unlink(missing_ok=True)
    seen = look(source)
    declared = seen.declared
    reading = Reading(source, RATE, order.cuts)
    samples, energies, highest = _hear(reading, declared, say)
    if not samples:
        raise Unfit("sound_removed" if reading.heard else "sound_broken")
    with numbers.open("wb") as file:
        np.savez(file, energies=energies, highest=highest)
    found = Measured(mark, samples, reading.heard, declared, seen.created, reading.parts)
    fresh = record.with_suffix(".part")
    fresh.write_bytes(msgspec.json.encode(found))
    fresh.replace(record)
    return found, energies, highest


def _kept(record: Path, numbers: Path, mark: str) -> tuple[Measured, Energies, Samples]:
    found = msgspec.json.decode(record.read_bytes(), type=Measured)
    if found.mark != mark:
        raise LookupError
    with np.load(numbers) as rows:
        return found, rows["energies"], rows["highest"]


def _hear(reading: Reading, declared: int, say: Say) -> tuple[int, Energies, Samples]:
    ear, highest, samples = Ear(RATE), [], 0
    for piece in reading.pieces():
        ear.hear(piece)
        highest.append(level.peaks(piece, RATE))
        samples += len(piece)
        say(MEASURING * min(1.0, reading.heard / declared) if declared else 0.0)
    return samples, ear.energies, np.concatenate([np.zeros(0, np.float32), *highest])


def _encode(parts: Parts, reading: Reading, say: Say) -> tuple[float, float]:
    """Make every part; give the loudness and the highest true peak as they are heard."""
    ear, highest = Ear(RATE), -math.inf
    for done, heard in parts.make(reading.pieces()):
        ear.hear(heard)
        highest = max(highest, decibels(true_peak(heard)))
        say(MEASURING + (1 - MEASURING) * done / parts.frames)
    return loudness(ear.energies), highest


def _join(path: Path, head: bytes, parts: Parts) -> None:
    fresh = path.with_suffix(".part")
    try:
        with fresh.open("wb") as file:
            file.write(head)
            for part in parts:
                file.write(part.read_bytes())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    shutil.rmtree(parts.folder)
