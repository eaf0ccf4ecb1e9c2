"""The child's side: each window heard by the model, and kept before the next one begins."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.domain.recut import Word
from fabrique.jobs.media.decode import Reading, Samples
from fabrique.jobs.media.look import MILLISECONDS, look
from fabrique.jobs.media.order import mark_of
from fabrique.jobs.media.sound import Say
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.transcribe.hearing import Heard, Hearing
from fabrique.jobs.transcribe.windows import RATE, windows

BATCH = 4  # pieces heard at once
THREADS = 4  # more of them wait for each other
PER_SECOND = 1000
# Nothing is fetched or told behind anybody's back, whichever versions are installed.
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ORT_TELEMETRY_DISABLED": "1",
}


class Window(Struct, frozen=True):
    """A window that is done: `end` is its last sample."""

    mark: str
    end: int
    words: tuple[Word, ...]


def hear(source: Path, folder: Path, hearing: Hearing, say: Say) -> Heard:
    """Give every word; raise `Unfit`."""
    mark = mark_of(source, hearing)
    declared = look(source).declared
    reading = Reading(source, RATE, hearing.cuts)
    words: list[Word] = []
    ear, end = Ear(hearing), 0
    for number, (start, samples) in enumerate(windows(reading.pieces())):
        end = start + len(samples)
        path = folder / f"heard-{number:04d}.json"
        window = _kept(path, mark, end)
        if window is None:
            window = Window(mark, end, tuple(ear.words(samples, start)))
            _keep(path, window)
        words += window.words
        say(_share(end, declared, hearing) if declared else 0.0)
    if not end:
        raise Unfit("sound_removed" if reading.heard else "sound_broken")
    return Heard(end * MILLISECONDS // RATE, reading.heard, declared, tuple(words))


def _share(end: int, declared: int, hearing: Hearing) -> float:
    cut = sum(max(0, min(last, declared) - first) for first, last in hearing.cuts)
    return min(1.0, end * MILLISECONDS / RATE / max(1, declared - cut))


def _kept(path: Path, mark: str, end: int) -> Window | None:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Window)
    except (OSError, msgspec.DecodeError):
        return None
    return found if (found.mark, found.end) == (mark, end) else None


def _keep(path: Path, window: Window) -> None:
    fresh = path.with_suffix(".part")
    fresh.write_bytes(msgspec.json.encode(window))
    fresh.replace(path)


class Ear:
    """A speech model, loaded when the first window needs it."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self._model: Any = None

    def words(self, samples: Samples, start: int) -> list[Word]:
        """Give the words of a window that begins at sample `start`."""
        try:
            segments, _ = self._loaded().transcribe(
                samples,
                language=self.hearing.language,
                batch_size=BATCH,
                beam_size=1,
                temperature=0,
                condition_on_previous_text=False,
                vad_filter=True,
                word_timestamps=True,
                hotwords=self.hearing.words or None,
            )
        except ValueError:
            raise Unfit("language") from None
        at = start * PER_SECOND // RATE
        return [
            (at + round(word.start * PER_SECOND), at + round(word.end * PER_SECOND), word.word)
            for segment in segments
            for word in segment.words or ()
        ]

    def _loaded(self) -> Any:
        if self._model is None:
            os.environ |= QUIET
            from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: PLC0415

            try:
                model = WhisperModel(
                    self.hearing.model,
                    device="cpu",
                    compute_type="int8",
                    cpu_threads=min(THREADS, len(os.sched_getaffinity(0))),
                    local_files_only=True,
                )
            except (RuntimeError, ValueError, OSError):
                raise Unfit("model_broken") from None
            self._model = BatchedInferencePipeline(model)
        return self._model
