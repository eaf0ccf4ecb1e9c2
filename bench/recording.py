"""From a recording to its sound and words: time, memory, loudness and mistakes."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

from bench.measure import Measure

FILM = 90 * 60  # seconds
TEN_MINUTES, MOST_MEMORY, MOST_ERRORS, FASTER = 600, 1500, 16, 15


def measures() -> list[Measure]:
    """Make a film of 90 minutes of the prompts, its MP3 and its words; compare the prompts' own."""
    from bench import prompts  # noqa: PLC0415 - needs the extra [minutes]

    folder = prompts.fetch()
    text, sound = prompts.joined(prompts.prompts(folder))
    with tempfile.TemporaryDirectory(prefix="fabrique-minutes-") as work:
        film = prompts.write_mp4(Path(work) / "film.mp4", sound, FILM)
        mp3, whole = _film(film, Path(work))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        voice = prompts.write_wav(Path(work) / "prompts.wav", sound)
        heard = " ".join(text for _, _, text in _words(voice, Path(work) / "prompts"))
    said = prompts.words(text)
    wrong = 100 * prompts.errors(said, prompts.words(heard)) / len(said)
    return [
        Measure("minutes_90_s", [whole], "s", TEN_MINUTES),
        Measure("minutes_peak_mb", [peak], "MB", MOST_MEMORY),
        Measure("wer_percent", [wrong], "%", MOST_ERRORS),
        Measure("mp3_realtime", [FILM / mp3], "×", FASTER, least=True),
    ]


def _film(film: Path, work: Path) -> tuple[float, float]:
    """Give the seconds that the MP3 took, and all of it."""
    from fabrique.jobs.media.order import Order  # noqa: PLC0415 - as above
    from fabrique.jobs.media.work import make_mp3  # noqa: PLC0415

    begun = time.perf_counter()
    make_mp3(film, work / "sound", Order(title="90 minutes"))
    mp3 = time.perf_counter() - begun
    _words(work / "sound" / "sound.mp3", work / "words")
    return mp3, time.perf_counter() - begun


def _words(source: Path, folder: Path) -> list[tuple[int, int, str]]:
    from fabrique.jobs.transcribe import Hearing, cues, transcribe  # noqa: PLC0415 - as above
    from fabrique.jobs.transcribe.models import BASE, find  # noqa: PLC0415

    data = Path(os.environ.get("FABRIQUE_DATA", tempfile.gettempdir()))
    return cues(transcribe(source, folder, Hearing(model=str(find(BASE, data)))))
