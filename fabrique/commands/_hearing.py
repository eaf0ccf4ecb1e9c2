"""Hearing what is said, for `transcribe`: apart, for the other commands do not wait for it."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from fabrique.commands._files import check_file, write_file
from fabrique.commands._spoken import spoken
from fabrique.domain.other_language import of_recording
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Cue, Transcript
from fabrique.formats.webvtt import write_webvtt
from fabrique.jobs.media.order import Progress, mark_of
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.transcribe import Heard, Hearing, cues, transcribe
from fabrique.jobs.transcribe.models import find

KEPT = 7 * 24 * 3600  # seconds that an interrupted work waits
MISSING = Text("What hears speech is not installed: install fabrique-collective[minutes].")

BROKEN = Text(
    "This recording breaks off after {heard} of its {declared} minutes:"
    " what could be heard is written."
)


def write_down(options: argparse.Namespace) -> None:
    """Hear, cut, write; raise `Invalid` or `OSError`, and then write nothing."""
    if not all(map(find_spec, ("av", "faster_whisper", "numpy"))):
        raise Invalid(MISSING)
    check_file(options.out)
    with options.audio.open("rb"):
        pass  # said now, under its name
    data = Path(os.environ.get("FABRIQUE_DATA", "data")).resolve()
    hearing = Hearing(
        model=str(find(options.model, data).resolve()),
        language=options.language,
        words=options.words,
    )
    mark = mark_of(options.audio, str(options.audio.resolve()), hearing)
    folder = data / "heard" / hashlib.sha256(mark.encode()).hexdigest()[:32]
    _forget(folder.parent)
    try:
        heard = transcribe(options.audio, folder, hearing, _tell)
    except Unfit as no:
        if not any(folder.glob("heard-*")):
            shutil.rmtree(folder, ignore_errors=True)
        raise Invalid(no.text) from None
    write_file(options.out, write_webvtt(_spoken(heard, options.language)))
    for remark in _remarks(heard, options.language):
        print(spoken().say(remark), file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)


def _remarks(heard: Heard, code: str) -> Iterator[Text]:
    """Say that it breaks off, that it is in another language than it was written down in."""
    if heard.broke_off:
        minutes = {"heard": heard.heard // 60_000, "declared": heard.declared // 60_000}
        yield Text(BROKEN.msgid, minutes)
    if other := of_recording(heard.languages, code):
        yield other


def _forget(place: Path) -> None:
    """Take out what nobody went on with: it holds what people said."""
    for one in place.iterdir() if place.is_dir() else ():
        if time.time() - one.stat().st_mtime > KEPT:
            shutil.rmtree(one, ignore_errors=True)


def _tell(progress: Progress) -> None:
    if sys.stderr.isatty():
        left = "" if progress.left is None else f" · {progress.left / 60:.0f} min"
        print(f"\r{progress.share:4.0%}{left}  ", end="", file=sys.stderr, flush=True)


def _spoken(heard: Heard, code: str) -> Transcript:
    return Transcript(tuple(Cue(*one) for one in cues(heard)), code)
