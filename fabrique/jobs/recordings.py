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

from django.db import connections
from django.utils import timezone

from fabrique.actions.minutes import recording as verbs
from fabrique.jobs.refusals import SENTENCES, Unfit
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
    removed = tuple((start, end) for start, end in row.removed)
    order = Order(removed=removed, title=row.minutes.title)
    return make_mp3(folder / verbs.SOURCE, folder, order, tell).duration
