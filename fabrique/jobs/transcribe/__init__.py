"""From a recording to its words, window by window, in a child process under limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from fabrique.domain.recut import Cue, recut
from fabrique.jobs.media.order import Progress, Tell, silently
from fabrique.jobs.media.work import have
from fabrique.jobs.transcribe.hearing import Heard, Hearing

__all__ = ["Heard", "Hearing", "Progress", "cues", "transcribe"]


def transcribe(source: Path, folder: Path, hearing: Hearing, tell: Tell = silently) -> Heard:
    """Give the words of a recording; `folder` keeps each window that is done; raise `Unfit`.

    Called again after any end, with the same folder, it goes on where it was.
    """
    return msgspec.convert(have("words", source, folder, hearing, tell), Heard)


def cues(heard: Heard, cut: Callable[..., list[Cue]] = recut) -> list[Cue]:
    """Give (start, end, text) of at most twelve seconds, on the clock of what was cut."""
    return cut(heard.words)
