"""A recording for the journeys: a minute before anything begins, then people who speak French.

The speech is that of Debian's prompts, whose words are known. Where they cannot be had, tones stand
for voices, and only what needs no ear is looked at: `Talk.real` says which.
"""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import av
import numpy as np
from msgspec import Struct

from bench import prompts
from bench.prompts import RATE, Samples

BEFORE, BETWEEN, MOST = 60, 1, 12  # seconds, seconds, how many are taken
SHORT, LONG = 3 * RATE, 9 * RATE
VOICES = ("Nina Roux", "Ali Ben")
SAID = (
    "Nous avons compté trente lieux qui prêtent déjà leur matériel entre eux.",
    "On décide de commencer par les projecteurs et les micros dès le mois de mars.",
    "Je m’occupe d’envoyer le tableau à tout le réseau avant la fin du mois de janvier.",
    "Les petites structures demandent surtout que quelqu’un transporte ce qu’elles empruntent.",
    "Une assurance commune coûterait moins cher que celles que chaque lieu paie seul.",
)


class Spoken(Struct, frozen=True):
    """What one voice says: its words, its sound, its bounds in milliseconds."""

    voice: str
    text: str
    sound: Samples
    start: int
    end: int


class Talk(Struct, frozen=True):
    """A recording, what is said in it, and whether voices say it."""

    path: Path
    said: tuple[Spoken, ...]
    real: bool

    def zoom(self) -> bytes:
        """Write its transcript as Zoom does; the first cue is of before."""
        waits = f"{VOICES[0]}: Bonjour, on attend encore deux minutes."
        cues = [(2000, 9000, waits), *((s.start, s.end, f"{s.voice}: {s.text}") for s in self.said)]
        lines = [
            f"{n}\n{_clock(start)} --> {_clock(end)}\n{text}\n"
            for n, (start, end, text) in enumerate(cues, 1)
        ]
        return ("WEBVTT\n\n" + "\n".join(lines)).encode()


def talk(folder: Path) -> Talk:
    """Make the recording in a folder."""
    found, real = _found()
    hush = (np.sin(np.arange(BEFORE * RATE) / 4) * 900).astype(np.int16)
    breath = np.zeros(BETWEEN * RATE, np.int16)
    sounds, said, at = [hush, breath], [], len(hush) + len(breath)
    for n, (text, sound) in enumerate(found):
        end = at + len(sound)
        ends = (at * 1000 // RATE, end * 1000 // RATE)
        said.append(Spoken(VOICES[n % 2], text, sound, *ends))
        sounds += [sound, breath]
        at = end + len(breath)
    path = prompts.write_wav(folder / "table.wav", np.concatenate(sounds))
    return Talk(path, tuple(said), real)


def _found() -> tuple[list[tuple[str, Samples]], bool]:
    tones = [(text, _tone(n)) for n, text in enumerate(SAID)]
    if os.environ.get("FABRIQUE_PICTURES"):  # a guide shows words of a café, not of an exchange
        return tones, False
    try:
        every = prompts.prompts(prompts.fetch())
    except (OSError, subprocess.CalledProcessError):
        return tones, False
    fit = {text: sound for text, sound in every if SHORT < len(sound) < LONG and _plain(text)}
    return list(fit.items())[:MOST], True


def _plain(text: str) -> bool:
    """Whether it is one sentence, whole."""
    return not set(text) & set("…\"“”('") and ". " not in text and "..." not in text


def _tone(n: int) -> Samples:
    return (np.sin(np.arange(6 * RATE) / (3 + n)) * 6000).astype(np.int16)


def _clock(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def decoded(mp3: bytes) -> Samples:
    """Give what an MP3 holds, as the prompts are."""
    to = av.AudioResampler("s16", "mono", RATE)
    with av.open(io.BytesIO(mp3)) as file:
        frames = [part for frame in file.decode(audio=0) for part in to.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in [*frames, *to.resample(None)]])


def likeness(heard: Samples, sound: Samples) -> float:
    """Say how like a sound one is where it fits best: 1 the same, near 0 another.

    The largest normalised correlation over the places where it may begin.
    """
    wide = heard.astype(np.float64)
    room = len(wide) - len(sound)
    size = 1 << (len(wide) + len(sound)).bit_length()
    spectrum = np.fft.rfft(wide, size) * np.conj(np.fft.rfft(sound.astype(np.float64), size))
    energy = np.cumsum(np.concatenate([[0.0], wide**2]))
    loud = np.sqrt(energy[len(sound) : len(sound) + room] - energy[:room])
    own = float(np.linalg.norm(sound.astype(np.float64)))
    return float(np.max(np.fft.irfft(spectrum, size)[:room] / np.maximum(loud * own, 1.0)))
