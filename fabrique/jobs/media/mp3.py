"""MP3 in parts that were made one by one and play as one sound.

Without a bit reservoir a frame holds all that it needs but its overlap with the one before. So each
part is encoded from a little too early to a little too late, and the frames of its own are kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from fabrique.jobs.media import level
from fabrique.jobs.media.decode import Samples

RATE = 44_100
BITS = 64_000  # a second
FRAME = 1_152  # samples
SCALE = 0.95  # what LAME makes of every level at this rate, to have room for what it adds
SMALLEST = BITS // 8 * FRAME // RATE  # bytes of a frame
PART = 4_594  # frames of a part: two minutes
BEFORE = 20  # frames to encode before those of a part
AFTER = 3
LATE = 1  # frames that the encoder gives before the first that is heard


def encode(samples: Samples, skip: int, count: int) -> bytes:
    """Encode `samples`; give `count` frames, those from the `skip`-th on."""
    encoder = av.CodecContext.create("libmp3lame", "w")
    assert isinstance(encoder, AudioCodecContext)  # noqa: S101 - as its name says
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "fltp"
    encoder.bit_rate = BITS
    encoder.options = {"reservoir": "0"}
    frames: list[bytes] = []
    for at in range(0, len(samples), FRAME):
        piece = samples[at : at + FRAME] / np.float32(SCALE)
        piece = np.pad(piece, (0, FRAME - len(piece)))
        frame = av.AudioFrame.from_ndarray(piece[None, :], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = RATE, at
        frames += map(bytes, encoder.encode(frame))
    frames += map(bytes, encoder.encode(None))
    return b"".join(frames[skip + LATE : skip + LATE + count])


def decode(part: bytes) -> Samples:
    """Give the sound of a part, as a player will hear it."""
    with av.open(io.BytesIO(part), mode="r", format="mp3") as container:
        heard = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate([np.zeros(0), *heard]).astype(np.float32)


class Parts:
    """The parts of one recording, in a folder where those that are made are found again."""

    def __init__(self, folder: Path, factors: Samples, samples: int) -> None:
        self.folder = folder
        self.factors = factors
        self.frames = -(-samples // FRAME)
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, number: int) -> Path:
        """Give where a part lies, or will."""
        return self.folder / f"{number:04d}.mp3"

    def __iter__(self) -> Iterator[Path]:
        """Give every part in order."""
        return map(self.path, range(-(-self.frames // PART)))

    def make(self, pieces: Iterator[Samples]) -> Iterator[tuple[int, Samples]]:
        """Make what is not there yet; give the frames done and the sound, part by part."""
        held, at = np.zeros(0, np.float32), 0
        for number, path in enumerate(self):
            first, own = number * PART, min(PART, self.frames - number * PART)
            skip = min(BEFORE, first)
            start, end = (first - skip) * FRAME, (first + own + AFTER) * FRAME
            while at + len(held) < end and (piece := next(pieces, None)) is not None:
                if at + len(held) + len(piece) <= start:
                    at, held = at + len(held) + len(piece), held[:0]
                else:
                    held = np.concatenate([held, piece])
            if not _is_whole(path, own):
                wanted = held[start - at : end - at]
                wanted = np.pad(wanted, (0, end - start - len(wanted)))
                loud = level.apply(wanted, start, self.factors, RATE)
                _keep(path, encode(loud, skip, own))
            yield first + own, decode(path.read_bytes())
            next_start = max(start, (first + own - BEFORE) * FRAME)
            held, at = held[next_start - at :], next_start


def _is_whole(path: Path, frames: int) -> bool:
    """Say whether a part is there: after a power cut, a name may be all that remains."""
    return path.exists() and path.stat().st_size >= frames * SMALLEST


def _keep(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".part")
    fresh.write_bytes(content)
    fresh.replace(path)
