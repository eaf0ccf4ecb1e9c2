"""Recordings as browsers, phones and video tools make them, made on the spot."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE = 48_000
FORMS = {
    "m4a": ("mp4", "aac", "stereo"),
    "mp4": ("mp4", "aac", "stereo"),
    "webm": ("webm", "libopus", "mono"),
    "wav": ("wav", "pcm_s16le", "stereo"),
    "mp3": ("mp3", "libmp3lame", "mono"),
    "ogg": ("ogg", "libopus", "mono"),
}


def tone(seconds: float, level: float = -20.0, frequency: float = 440.0, rate: int = RATE):
    """A sine whose top is at `level` dB."""
    at = np.arange(int(seconds * rate)) / rate
    return (10 ** (level / 20) * np.sin(2 * np.pi * frequency * at)).astype(np.float32)


def noise(seconds: float, level: float = -20.0, rate: int = RATE):
    random = np.random.default_rng(5)
    return (10 ** (level / 20) * random.standard_normal(int(seconds * rate))).astype(np.float32)


def smooth(sound):
    """Take off what is above some 4 kHz, of which speech has little."""
    return np.convolve(sound, np.hanning(25) / np.hanning(25).sum(), "same").astype(np.float32)


def speechlike(seconds: float, level: float = -26.0, rate: int = RATE):
    """Noise that comes and goes as syllables do, with a clap in between."""
    sound = smooth(noise(seconds, level + 8, rate))
    at = np.arange(len(sound)) / rate
    sound *= (np.sin(2 * np.pi * 3 * at) > -0.3) * (np.sin(2 * np.pi * 0.3 * at) > -0.8)
    for second in range(3, int(seconds), 7):
        sound[second * rate : second * rate + 200] = 0.9
    return sound.astype(np.float32)


class Pipe(io.RawIOBase):
    """A file that nobody can go back in, as MediaRecorder writes: no length is ever filled in."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some) -> int:
        self.content += bytes(some)
        return len(some)


def written(path: Path, sound, form: str = "", *, video: bool = False, **options: str) -> Path:
    """Write `sound` (mono, 48 kHz) in the form that the name tells."""
    container_name, codec, layout = FORMS[form or path.suffix[1:]]
    with av.open(str(path), "w", format=container_name, options=options) as container:
        _mux(container, sound, codec, layout, video=video)
    return path


def endless(path: Path, sound) -> Path:
    """Write a WebM that tells no duration."""
    pipe = Pipe()
    with av.open(pipe, "w", format="webm", options={"live": "1"}) as container:
        _mux(container, sound, "libopus", "mono", video=False)
    path.write_bytes(pipe.content)
    return path


def film_only(path: Path) -> Path:
    """Write a video without any sound."""
    with av.open(str(path), "w", format="mp4") as container:
        _show(container, container.add_stream("mpeg4", rate=1, width=64, height=64), 3)
    return path


def _mux(container, sound, codec: str, layout: str, *, video: bool) -> None:
    shown = container.add_stream("mpeg4", rate=1, width=64, height=64) if video else None
    voice = container.add_stream(codec, rate=RATE, layout=layout)
    if shown is not None:
        _show(container, shown, len(sound) // RATE)
    for at in range(0, len(sound), RATE):
        piece = sound[None, at : at + RATE]
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        container.mux(voice.encode(frame))
    container.mux(voice.encode(None))


def _show(container, stream, seconds: int) -> None:
    stream.pix_fmt = "yuv420p"
    for second in range(seconds):
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        frame.pts, frame.time_base = second, Fraction(1, 1)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def read(path: Path, rate: int = 44_100):
    """Read a file by a plain decoder, none of ours: its samples."""
    down = av.AudioResampler(format="flt", layout="mono", rate=rate)
    with av.open(str(path)) as container:
        frames = [one for frame in container.decode(audio=0) for one in down.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in [*frames, *down.resample(None)]])


def chapters(path: Path):
    """Read the chapters of a file as (ms, title)."""
    with av.open(str(path)) as container:
        found = container.chapters()
        return [(int(c["start"] * c["time_base"] * 1000), c["metadata"]["title"]) for c in found]
