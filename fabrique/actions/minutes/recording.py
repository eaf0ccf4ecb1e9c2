"""A recording: announced, received piece by piece, cut before anything is made of it, given up."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.domain.kept import tidy
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tongues import NAMES
from fabrique.store.models import Minutes, Person, Recording, RecordingLink, RecordingNotice

MOST = 8 * 1024**3  # bytes
SPARED = 2 * 1024**3  # bytes of the disk that stay free
USUAL = timedelta(days=365)  # that a recording is kept unless another day is said
SOURCE, SOUND = "source", "sound.mp3"
NAMELESS = Text("Say how those present knew that it was recorded: without it, nothing is taken in.")
NOTHING = Text("Choose the file of the recording.")
LARGE = Text("A recording has at most {limit} GB.")
FULL = Text("There is not enough room left on the disk of the server for this recording.")
PAST = Text("Say until when it is kept: a day to come.")
UNHEARD = Text("Choose one of the languages that are offered.")
THERE = Text("There is a recording already: give it up first.")


def folder_of(recording: UUID) -> Path:
    """Give where the files of a recording lie."""
    return Path(settings.DATA) / "recordings" / recording.hex


class Announced(Struct, frozen=True):
    """A file that will come: its bytes, how people knew, until when, what is cut out of it."""

    name: str
    size: int
    told: str
    kept_until: date | None = None
    removed: tuple[tuple[int, int], ...] = ()
    live: bool = False  # it is being recorded: its size is not known


def announce(
    minutes: Minutes, new: Announced, by: Person | None, link: RecordingLink | None = None
) -> Recording:
    """Say that a file will come, or is being recorded; raise `Invalid` for what cannot be taken."""
    today = timezone.localdate()
    _check(new, today)
    with transaction.atomic():
        if Recording.objects.filter(minutes=minutes).exists():
            raise Invalid(THERE, "recording")
        made = Recording.objects.create(
            minutes=minutes,
            title=new.name.strip()[:200] or "—",
            size=0 if new.live else new.size,
            live=new.live,
            link=link,
            told=" ".join(new.told.split())[:500],
            kept_until=new.kept_until or today + USUAL,
            removed=[list(span) for span in tidy(new.removed)],
        )
        RecordingNotice.objects.create(
            session=minutes.session,
            words=made.told,
            kept_until=made.kept_until,
            by=by,
            by_name=link.label if link else "",
            at=timezone.now(),
        )
        note("minutes.recording", minutes, by, name=made.title, size=new.size)
    folder_of(made.pk).mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def _check(new: Announced, today: date) -> None:
    if not new.told.strip():
        raise Invalid(NAMELESS, "told")
    if new.size <= 0 and not new.live:
        raise Invalid(NOTHING, "recording")
    if new.size > MOST:
        raise Invalid(Text(LARGE.msgid, {"limit": MOST >> 30}), "recording")
    if new.kept_until is not None and new.kept_until <= today:
        raise Invalid(PAST, "kept_until")
    if shutil.disk_usage(settings.DATA).free < new.size + SPARED:
        raise Invalid(FULL, "recording")


def received(recording: Recording) -> int:
    """Count the bytes that are on disk: where the next piece begins."""
    try:
        return (folder_of(recording.pk) / SOURCE).stat().st_size
    except FileNotFoundError:
        return 0


def whole(recording: Recording) -> bool:
    """Say that all of it came: it waits for its turn. False while something is missing."""
    if recording.live or received(recording) != recording.size:
        return False
    rows = Recording.objects.filter(pk=recording.pk, state="coming")
    rows.update(state="waiting")
    return True


def cut(minutes: Minutes, removed: list[tuple[int, int]], by: Person) -> None:
    """Have moments cut out of it: the sound is made anew without them."""
    spans = [list(span) for span in tidy(removed)]
    with transaction.atomic():
        rows = Recording.objects.filter(minutes=minutes).exclude(state="coming")
        rows = rows.exclude(removed=spans)  # the same cut is made already
        again = {"state": "waiting", "share": 0, "left": None, "claimed_until": None}
        if rows.update(removed=spans, **again):
            note("minutes.recording-cut", minutes, by, spans=len(removed))


def add_cut(minutes: Minutes, span: tuple[int, int], by: Person) -> None:
    """Have one more moment cut out of it; of one that still comes, once it is there."""
    row = Recording.objects.filter(minutes=minutes).first()
    if row is None:
        return
    spans = [*((start, end) for start, end in row.removed), span]
    if row.state == "coming":
        kept = [list(one) for one in tidy(spans)]
        Recording.objects.filter(pk=row.pk).update(removed=kept)
    cut(minutes, spans, by)


def write_down(minutes: Minutes, by: Person, language: str = "", *, anew: bool = False) -> None:
    """Have what is said in it written down in its language; raise `Invalid`.

    `anew`, in place of the transcript that is there, which stays until the new one is whole.
    """
    last = minutes.cues.aggregate(last=Max("pk"))["last"]
    if last is not None and not anew:
        raise Invalid(Text("There is a transcript already: it would be lost."))
    with transaction.atomic():
        rows = Recording.objects.filter(minutes=minutes, state="ready")
        if language and language not in spoken_here(rows.first()):
            raise Invalid(UNHEARD, "language")
        again = {"state": "waiting", "share": 0, "left": None, "words": True}
        if not rows.update(**again, language=language, rewrites=last):
            raise Invalid(Text("There is no sound to listen to yet."))
        note("minutes.listening", minutes, by, language=language or minutes.language)


def spoken_here(recording: Recording | None) -> list[str]:
    """Give the languages in which a recording may be written down, by code."""
    heard = recording.languages if recording else {}
    return list(dict.fromkeys((*NAMES, *heard)))


def go_on(minutes: Minutes, by: Person) -> None:
    """Have a work that stopped taken up again; what it had done is found again."""
    with transaction.atomic():
        rows = Recording.objects.filter(minutes=minutes, state="failed")
        if rows.update(state="waiting", share=0, left=None, error={}):
            note("minutes.recording-again", minutes, by)


def give_up(minutes: Minutes, by: Person) -> None:
    """Take a recording out for good, its files first."""
    row = Recording.objects.filter(minutes=minutes).first()
    if row is None:
        return
    shutil.rmtree(folder_of(row.pk), ignore_errors=True)
    with transaction.atomic():
        row.delete()
        note("minutes.recording-gone", minutes, by, name=row.title)


def expire(today: date) -> int:
    """Take out what is no longer to be kept; give how many went."""
    gone = 0
    for row in Recording.objects.filter(kept_until__lt=today).select_related("minutes"):
        shutil.rmtree(folder_of(row.pk), ignore_errors=True)
        with transaction.atomic():
            row.delete()
            note("minutes.recording-gone", row.minutes, name=row.title)
        gone += 1
    return gone
