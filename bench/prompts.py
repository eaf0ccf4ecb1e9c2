"""Real speech, mostly French, with what is said in it: the prompts of Debian's Asterisk.

CC-BY-SA-3.0, taken by `apt-get download` and unpacked into a folder of their own; never installed.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import subprocess
import tempfile
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

PACKAGES = ("asterisk-core-sounds-{}-wav", "asterisk-core-sounds-{}")
TEXTS = "usr/share/doc/asterisk-core-sounds-*/core-sounds-*.txt.gz"
SOUNDS = "usr/share/asterisk/sounds"
RATE = 8_000
SPACE = RATE // 2  # between two prompts
SHORTEST = 9  # words
MP4_RATE = 44_100
Samples = NDArray[np.int16]


def fetch(language: str = "fr") -> Path:
    """Give the folder where both packages of a language are unpacked, fetched the first time."""
    place = Path(os.environ.get("FABRIQUE_DATA", tempfile.gettempdir()))
    folder = place / f"fabrique-prompts-{language}"
    if not folder.exists():
        place.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".prompts-", dir=place))
        _download(fresh, language)
        for package in fresh.glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, fresh], check=True)
        with contextlib.suppress(OSError):  # another process was faster
            fresh.rename(folder)
    return folder


def _download(folder: Path, language: str) -> None:
    command = ["apt-get", "-q", "download", *(one.format(language) for one in PACKAGES)]
    if subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode:
        # A new machine knows no package yet.
        subprocess.run(["apt-get", "-q", "update"], check=False, capture_output=True)
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def prompts(folder: Path) -> list[tuple[str, Samples]]:
    """Give (what is said, sound) of the prompts of nine words or more, by name."""
    sounds = {one.stem: one for one in (folder / SOUNDS).rglob("*.wav")}
    found = {}
    (texts,) = folder.glob(TEXTS)
    for line in gzip.decompress(texts.read_bytes()).decode().splitlines():
        name, _, text = line.partition(": ")
        # Where two lines ran into one, the text is that of two prompts and the sound of one.
        whole = not re.search(r"\w-\w+: ", text) and not text.lstrip().startswith(("[", "(", "<"))
        if whole and len(text.split()) >= SHORTEST and name in sounds:
            found[name] = (text, _read(sounds[name]))
    return [found[name] for name in sorted(found)]


def _read(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels()) != (RATE, 1):
            raise ValueError(path)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def joined(spoken: list[tuple[str, Samples]]) -> tuple[str, Samples]:
    """Give all the prompts as one text and one sound."""
    silence = np.zeros(SPACE, np.int16)
    sound = np.concatenate([part for _, one in spoken for part in (one, silence)])
    return " ".join(text for text, _ in spoken), sound


def write_wav(path: Path, sound: Samples) -> Path:
    """Write one sound."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, len(sound), "NONE", ""))
        file.writeframes(sound.tobytes())
    return path


def write_mp4(path: Path, sound: Samples, seconds: int) -> Path:
    """Write a film of `seconds`: the sound, again and again, and a still picture."""
    with av.open(str(path), "w", format="mp4") as film:
        picture = film.add_stream("mpeg4", rate=1, width=320, height=180, pix_fmt="yuv420p")
        voice = film.add_stream("aac", rate=MP4_RATE, layout="stereo", bit_rate=128_000)
        still = np.full((180, 320, 3), 128, np.uint8)
        for second in range(seconds):
            shown = av.VideoFrame.from_ndarray(still, format="rgb24")
            shown.pts, shown.time_base = second, Fraction(1, 1)
            film.mux(picture.encode(shown))
            start = second * RATE % len(sound)
            repeated = np.take(sound, np.arange(start, start + RATE), mode="wrap")
            heard = av.AudioFrame.from_ndarray(repeated[None, :], format="s16", layout="mono")
            heard.sample_rate, heard.pts, heard.time_base = RATE, second * RATE, Fraction(1, RATE)
            film.mux(voice.encode(heard))
        film.mux(picture.encode(None))
        film.mux(voice.encode(None))
    return path


def words(text: str) -> list[str]:
    """Give the words of a text as they are compared: lower case, no punctuation."""
    return re.sub(r"[^\w]+", " ", text.lower()).split()


def errors(said: list[str], heard: list[str]) -> int:
    """Count the words to change, add or take out to come from one to the other."""
    row = np.arange(len(heard) + 1)
    numbers = {word: n for n, word in enumerate({*said, *heard})}
    other = np.array([numbers[word] for word in heard])
    for word in said:
        best = np.minimum(row[:-1] + (other != numbers[word]), row[1:] + 1)
        # What is added goes on from the left: the smallest so far, one more for each word.
        first = np.concatenate([[row[0] + 1], best])
        steps = np.arange(len(first))
        row = np.minimum.accumulate(first - steps) + steps
    return int(row[-1])
