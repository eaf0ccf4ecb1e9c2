"""The sound of a recording as one row of numbers, a piece at a time, without what was cut out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from fabrique.domain.kept import Span
from fabrique.jobs.media.look import MILLISECONDS, opened
from fabrique.jobs.refusals import Unfit

Samples = NDArray[np.float32]

PIECE = 10  # seconds
PARTS = "parts"  # a folder beside a recording that was made in several
LONGEST = 12 * 3600  # seconds: longer, and somebody forgot to stop


class Reading:
    """One reading of a recording from its start; `heard` counts what was decoded, cut out or not.

    The length that a file declares is not believed: some declare none, some declare another's.
    """

    def __init__(self, source: Path, rate: int, removed: Sequence[Span] = ()) -> None:
        self.source = source
        self.rate = rate
        self.removed = [tuple(one * rate // MILLISECONDS for one in span) for span in removed]
        self.samples = 0
        self.ends: list[int] = []  # of each part, in samples

    @property
    def heard(self) -> int:
        """Give the milliseconds decoded so far."""
        return self.samples * MILLISECONDS // self.rate

    def pieces(self) -> Iterator[Samples]:
        """Give the mono downmix in pieces of ten seconds, the last one shorter; raise `Unfit`."""
        size = PIECE * self.rate
        held: list[Samples] = []
        count = 0
        for part in self._kept():
            held.append(part)
            count += len(part)
            if count >= size:
                whole = np.concatenate(held)
                for at in range(0, count - size + 1, size):
                    yield whole[at : at + size]
                held = [whole[count - count % size :]]
                count %= size
        if count:
            yield np.concatenate(held)

    def _kept(self) -> Iterator[Samples]:
        for part in self._decoded():
            start = self.samples
            self.samples += len(part)
            if self.samples > LONGEST * self.rate:
                raise Unfit("sound_long", limit=LONGEST // 3600)
            yield from self._without(part, start)

    def _without(self, part: Samples, start: int) -> Iterator[Samples]:
        at, end = start, start + len(part)
        for first, last in self.removed:
            if first < end and last > at:
                if first > at:
                    yield part[at - start : first - start]
                at = min(last, end)
        if at < end:
            yield part[at - start :]

    @property
    def parts(self) -> tuple[int, ...]:
        """Give the length of each part that was heard to its end, in milliseconds."""
        spans = zip([0, *self.ends], self.ends, strict=False)
        return tuple((end - start) * MILLISECONDS // self.rate for start, end in spans)

    def _decoded(self) -> Iterator[Samples]:
        every = files(self.source)
        for source in every:
            try:
                yield from self._one(source)
            except Unfit:  # a phone that died as it began one more: the others are whole
                if len(every) == 1:
                    raise
            self.ends.append(self.samples)

    def _one(self, source: Path) -> Iterator[Samples]:
        with opened(source) as (container, stream):
            down = AudioResampler(format="fltp", layout="mono", rate=self.rate)
            for frame in _frames(container, stream):
                frame.pts = None  # the order of frames is the clock: gaps would be invented
                for one in down.resample(frame):
                    yield one.to_ndarray()[0]
            for one in down.resample(None):
                yield one.to_ndarray()[0]


def files(source: Path) -> list[Path]:
    """Give the files of a recording: its parts, where it was recorded in several."""
    return sorted((source.parent / PARTS).glob("*")) or [source]


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Give every frame that can be read, up to where the file ends or breaks off."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except (av.error.FFmpegError, EOFError):
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except av.error.MemoryError:
            raise MemoryError from None
        except (av.error.FFmpegError, EOFError):
            continue  # a damaged packet is a click, not the end
