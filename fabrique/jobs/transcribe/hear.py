"""The child's side: each window heard by the model, and kept before the next one begins."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
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
LISTENED = (0.0, 0.5)  # of the words of a window: where the language is listened to
HARDLY = 0.02  # how likely a language is, below which it is not told
HEARKENED = 30  # seconds: what the model hears at once
# Nothing is fetched or told behind anybody's back, whichever versions are installed.
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ORT_TELEMETRY_DISABLED": "1",
}


class Window(Struct, frozen=True):
    """A window that is done: `end` is its last sample; the languages heard here and there in it."""

    mark: str
    end: int
    words: tuple[Word, ...]
    spoken: tuple[dict[str, float], ...] = ()


def hear(source: Path, folder: Path, hearing: Hearing, say: Say) -> Heard:
    """Give every word; raise `Unfit`."""
    mark = mark_of(source, hearing)
    declared = look(source).declared
    reading = Reading(source, RATE, hearing.cuts)
    words: list[Word] = []
    spoken: list[dict[str, float]] = []
    ear, end = Ear(hearing), 0
    for number, (start, samples) in enumerate(windows(reading.pieces())):
        end = start + len(samples)
        path = folder / f"heard-{number:04d}.json"
        window = _kept(path, mark, end)
        if window is None:
            found = tuple(ear.words(samples, start))
            window = Window(mark, end, found, tuple(ear.languages(samples, start, found)))
            _keep(path, window)
        words += window.words
        spoken += window.spoken
        say(_share(end, declared, hearing) if declared else 0.0)
    if not end:
        raise Unfit("sound_removed" if reading.heard else "sound_broken")
    length = end * MILLISECONDS // RATE
    return Heard(length, reading.heard, declared, tuple(words), _languages(spoken))


def _languages(spoken: list[dict[str, float]]) -> dict[str, float]:
    """Give how likely each language is over all places, those that hardly are left out."""
    codes = {code for place in spoken for code in place}
    sure = {code: sum(one.get(code, 0) for one in spoken) / len(spoken) for code in codes}
    likely = [(how, code) for code, how in sure.items() if how >= HARDLY]
    return {code: round(how, 3) for how, code in sorted(likely, reverse=True)}


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

    def languages(
        self, samples: Samples, start: int, words: Sequence[Word]
    ) -> Iterator[dict[str, float]]:
        """Give how likely each language is at a few places of a window, where somebody speaks."""
        if not words or not self._loaded().model.model.is_multilingual:
            return
        at, size = start * PER_SECOND // RATE, HEARKENED * RATE
        # A few words at the end say too little: a whole piece, the last one if need be.
        most = max(0, len(samples) - size)
        begun = (words[int(place * len(words))][0] - at for place in LISTENED)
        for first in sorted({min(one * RATE // PER_SECOND, most) for one in begun}):
            *_, found = self._loaded().model.detect_language(samples[first : first + size])
            yield {code: float(sure) for code, sure in found if sure >= HARDLY}

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
