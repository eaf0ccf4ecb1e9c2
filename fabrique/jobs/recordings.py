"""Recordings being made into sound: one at a time, never while people are in a live session here.

It runs beside the worker that sends (`jobs/work.py`), in a thread: what it does takes minutes, in a
child process that ends with it. What it has done so far is found again by whoever comes next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from fabrique.actions.minutes import align, live, working
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.transcript import take_heard
from fabrique.domain.cited import moment
from fabrique.domain.kept import Span, restored
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Cue
from fabrique.jobs.chapters import tagged
from fabrique.jobs.media.order import Sound
from fabrique.jobs.refusals import SENTENCES, Unfit
from fabrique.jobs.transcribe.hearing import Heard
from fabrique.jobs.transcribe.models import BASE, HALVES, find
from fabrique.store.here import here
from fabrique.store.models import Recording

REST = 5.0  # seconds between two looks
BEAT = 10.0  # seconds between two signs of life
LIVELY = timedelta(minutes=10)  # without a line, nobody is in a session any more
BROKE_OFF = Text(
    "This recording stops at {heard}, although it says that it lasts {declared}. If you have the"
    " whole file, take this one out and send it again."
)
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


def once(stop: threading.Event, clock: Clock = timezone.now) -> bool:
    """Make one recording into sound, if one waits and nobody is in a session; say whether."""
    if here().lively(clock() - LIVELY):
        return False
    row = working.claim(clock())
    if row is None:
        return tagged()
    try:
        with _held(row, clock):
            made = _make(row, stop, clock)
        working.made(row, *made)
        tagged()
    except Unfit as no:
        if no.why != "sound_stopped" or not working.interrupted(row):
            working.failed(row, no.text)
    except Unwanted:
        pass
    except Exception:
        working.failed(row, SENTENCES["sound_stopped"])
        raise
    return True


@contextmanager
def _held(row: Recording, clock: Clock) -> Iterator[None]:
    """Say over and over that somebody is at it, whatever the work says itself."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            working.hold(row, clock())
        connections.close_all()

    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def _make(row: Recording, stop: threading.Event, clock: Clock) -> tuple[int, Text | None]:
    from fabrique.jobs.media.order import Order, Progress  # noqa: PLC0415 - an extra
    from fabrique.jobs.media.work import make_mp3  # noqa: PLC0415

    def tell(progress: Progress) -> None:
        if stop.is_set() or not working.tell(row, progress.share, progress.left, clock()):
            raise Unwanted

    folder = verbs.folder_of(row.pk)
    live.split(row)
    if row.words:
        heard = _write_down(row, folder, tell)
        return row.duration, _remark(heard)
    order = Order(removed=_cuts(row), title=row.minutes.title)
    sound = make_mp3(folder / verbs.SOURCE, folder, order, tell)
    if row.parts:
        live.timed(row, sound.parts)
    align.guessed(row, sound.created, sound.heard)
    return sound.duration, _remark(sound)


def _remark(found: Sound | Heard) -> Text | None:
    """Say that a recording ends before it says that it does."""
    if not found.broke_off:
        return None
    ends = {"heard": moment(found.heard), "declared": moment(found.declared)}
    return Text(BROKE_OFF.msgid, ends)


def _write_down(row: Recording, folder: Path, tell: Callable[..., None]) -> Heard:
    """Have the speech of a recording become its transcript, on the clock of the file as it came."""
    from fabrique.jobs.transcribe import Hearing, cues, transcribe  # noqa: PLC0415 - an extra

    model = find(BASE, Path(settings.DATA))
    language = row.language or row.minutes.language
    hearing = Hearing(str(model), language, _cuts(row), _names(row))
    heard = transcribe(folder / verbs.SOURCE, folder / "heard", hearing, tell)
    working.listened(row, heard.languages)
    removed = hearing.cuts
    spoken = [
        Cue(restored(start, removed), restored(end, removed), text)
        for start, end, text in cues(heard)
    ]
    try:
        take_heard(row.minutes, spoken, f"whisper-{BASE}", row.rewrites)
    except Invalid as no:
        working.failed(row, no.text)
    return heard


def _cuts(row: Recording) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in row.removed)


def _names(row: Recording) -> str:
    """Give names that are likely to be said: of the gathering and of its group."""
    about = row.minutes.gathering
    people = about.organisers.select_related("person") if about else ()
    return ", ".join([row.minutes.title, *(one.person.named for one in people)])[:400]
