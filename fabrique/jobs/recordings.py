"""Recordings being made into sound: one at a time, never while people are in a live session here.

It runs beside the worker that sends (`jobs/work.py`), in a thread: what it does takes minutes, in a
child process that ends with it. What it has done so far is found again by whoever comes next.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.transcript import take_heard
from fabrique.domain.kept import Span, restored
from fabrique.domain.text import Invalid
from fabrique.domain.transcript import Cue
from fabrique.jobs.refusals import SENTENCES, Unfit
from fabrique.jobs.transcribe.models import BASE, HALVES, find
from fabrique.store.here import here
from fabrique.store.models import Recording

log = logging.getLogger(__name__)

REST = 5.0  # seconds between two looks
LIVELY = timedelta(minutes=10)  # without a line, nobody is in a session any more
Clock = Callable[[], datetime]


class Unwanted(Exception):  # noqa: N818 - the work is not wanted any more
    """It was given up, or is cut otherwise now."""


def able() -> bool:
    """Say whether what makes sound is installed here (extra `[minutes]`)."""
    return all(map(find_spec, ("av", "numpy")))


def hears() -> bool:
    """Say whether what writes down speech is installed here, and a model for it."""
    if not able() or find_spec("faster_whisper") is None:
        return False
    own = Path(settings.DATA) / "models" / BASE
    return own.is_dir() or all(map(find_spec, HALVES))


def work(stop: threading.Event, clock: Clock = timezone.now) -> None:
    """Make what waits, until `stop`."""
    while not stop.is_set():
        try:
            once(stop, clock)
        except Exception:
            log.exception("a recording broke what works on it; the next look comes in %s s", REST)
        finally:
            connections.close_all()
        stop.wait(REST)


def once(stop: threading.Event, clock: Clock = timezone.now) -> bool:
    """Make one recording into sound, if one waits and nobody is in a session; say whether."""
    if here().lively(clock() - LIVELY):
        return False
    row = verbs.claim(clock())
    if row is None:
        return False
    try:
        verbs.made(row, _make(row, stop, clock))
    except Unfit as no:
        verbs.failed(row, no.text)
    except Unwanted:
        pass
    except Exception:
        verbs.failed(row, SENTENCES["sound_stopped"])
        raise
    return True


def _make(row: Recording, stop: threading.Event, clock: Clock) -> int:
    from fabrique.jobs.media.order import Order, Progress  # noqa: PLC0415 - an extra
    from fabrique.jobs.media.work import make_mp3  # noqa: PLC0415

    def tell(progress: Progress) -> None:
        if stop.is_set() or not verbs.tell(row, progress.share, progress.left, clock()):
            raise Unwanted

    folder = verbs.folder_of(row.pk)
    if row.words:
        _write_down(row, folder, tell)
        return row.duration
    order = Order(removed=_cuts(row), title=row.minutes.title)
    return make_mp3(folder / verbs.SOURCE, folder, order, tell).duration


def _write_down(row: Recording, folder: Path, tell: Callable[..., None]) -> None:
    """Have the speech of a recording become its transcript, on the clock of the file as it came."""
    from fabrique.jobs.transcribe import Hearing, cues, transcribe  # noqa: PLC0415 - an extra

    model = find(BASE, Path(settings.DATA))
    hearing = Hearing(str(model), row.minutes.language, _cuts(row), _names(row))
    heard = transcribe(folder / verbs.SOURCE, folder / "heard", hearing, tell)
    removed = hearing.cuts
    spoken = [
        Cue(restored(start, removed), restored(end, removed), text)
        for start, end, text in cues(heard)
    ]
    try:
        take_heard(row.minutes, spoken, f"whisper-{BASE}")
    except Invalid as no:
        verbs.failed(row, no.text)


def _cuts(row: Recording) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in row.removed)


def _names(row: Recording) -> str:
    """Give names that are likely to be said: of the gathering and of its group."""
    about = row.minutes.gathering
    people = about.organisers.select_related("person") if about else ()
    return ", ".join([row.minutes.title, *(one.person.named for one in people)])[:400]
