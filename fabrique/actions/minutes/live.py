"""A recording whose end is not known: opened, continued part by part, closed by whoever records.

A part is what one press of a button recorded: its own file, joined to the one before. Where each
begins, in bytes and on the clock of the session, stays with the recording.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from fabrique.actions.history import note
from fabrique.actions.minutes.recording import SOURCE, SPARED, folder_of, received
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, Person, Recording

PARTS = "parts"
OLDEST = timedelta(days=7)  # how long a phone may have kept what it recorded
NOTHING = Text("Nothing arrived of this recording yet: take it out, or wait.")
AT_ONCE = 1 << 20  # bytes copied


def room(recording: Recording, most: int) -> int:
    """Give how many more bytes it may have; none where the disk of the server is nearly full."""
    if not recording.live:
        return recording.size - received(recording)
    free = shutil.disk_usage(settings.DATA).free
    return max(0, most - received(recording)) if free > SPARED else 0


def part(pk: UUID, at: int, ago: int, now: datetime) -> None:
    """Say that a part begins after the first `at` bytes, that it began `ago` milliseconds ago."""
    began = now - min(timedelta(milliseconds=ago), OLDEST)
    with transaction.atomic():
        row = Recording.objects.select_for_update().get(pk=pk)
        if not row.live or any(before >= at for before, _ in row.parts):
            return  # said already: the answer was lost
        if not row.parts:
            row.began_at, row.aligned = began, "live"
        since = int((began - (row.began_at or began)) / timedelta(milliseconds=1))
        row.parts = [*row.parts, [at, max(0, since)]]
        row.save(update_fields=["began_at", "aligned", "parts"])


def close(recording: Recording, size: int) -> bool:
    """Say that it has ended, with so many bytes; False while some of them are missing."""
    if received(recording) != size or not size:
        return False
    rows = Recording.objects.filter(pk=recording.pk, live=True, state="coming")
    return bool(rows.update(live=False, size=size, state="waiting"))


def end_here(minutes: Minutes, by: Person) -> None:
    """Say that nothing more comes: what arrived is the recording. Raises `Invalid`."""
    row = Recording.objects.filter(minutes=minutes, live=True).first()
    with transaction.atomic():
        if row is None or not close(row, received(row)):
            raise Invalid(NOTHING)
        note("minutes.recording-ended", minutes, by, size=row.size)


def split(recording: Recording) -> None:
    """Lay its parts side by side, each a file that can be opened; one part stays as it is."""
    if len(recording.parts) < 2:  # noqa: PLR2004 - one file
        return
    folder = folder_of(recording.pk)
    bounds = [at for at, _ in recording.parts] + [recording.size]
    fresh, place = folder / f"{PARTS}.new", folder / PARTS
    if place.exists():
        return
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    with (folder / SOURCE).open("rb") as source:
        for number, (start, end) in enumerate(pairwise(bounds)):
            _copy(source, end - start, fresh / f"{number:04d}")
    fresh.replace(place)


def _copy(source: object, left: int, path: Path) -> None:
    with path.open("wb") as file:
        while left > 0 and (piece := source.read(min(AT_ONCE, left))):  # type: ignore[attr-defined]
            file.write(piece)
            left -= len(piece)


def timed(recording: Recording, lengths: Sequence[int]) -> None:
    """Keep where each part is heard and when it began, once their lengths (ms) are counted."""
    heard, joins = 0, []
    for (_, since), length in zip(recording.parts, lengths, strict=False):
        joins.append([heard, since])
        heard += length
    Recording.objects.filter(pk=recording.pk).update(joins=joins)
