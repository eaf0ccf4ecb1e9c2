"""The clock of a recording is set: guessed from its file, typed, by ear; its chapters follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fabrique.actions.history import note
from fabrique.actions.minutes.clock import Timed, timed
from fabrique.actions.minutes.sources import archive_of
from fabrique.domain.aligned import Chapter, guess, happened_at
from fabrique.domain.cited import moment
from fabrique.domain.kept import moved, restored
from fabrique.domain.text import Invalid, Text
from fabrique.domain.timeline import began_at
from fabrique.store.models import Minutes, Person, Recording

FARTHEST = timedelta(hours=12)  # of one move
SILENT = Text("There is no sound to set yet.")
NOWHERE = Text("This did not happen in the session: choose one of what is offered.")
AFTER = Text("The recording has only {length}: choose a moment of it.")
DAY = timedelta(days=1)


def _timed(minutes: Minutes) -> Timed:
    found = timed(minutes, archive_of(minutes)[1])
    if found is None:
        raise Invalid(SILENT)
    return found


def by_time(minutes: Minutes, typed: time, by: Person) -> None:
    """Say at what time it began, by the clock of the place; the day is the session's."""
    found = _timed(minutes)
    near = found.clock.began.astimezone(ZoneInfo(found.session.plan.timezone))
    days = (near.date() + n * DAY for n in (-1, 0, 1))
    began = min(
        (datetime.combine(day, typed, near.tzinfo) for day in days), key=lambda at: abs(at - near)
    )
    _set(found.row, began, "time", by)


def by_ear(minutes: Minutes, ref: str, heard: int, by: Person) -> None:
    """Say that an activity, or a note, is heard to begin at a moment of the sound made."""
    found = _timed(minutes)
    at = happened_at(ref, "", found.session, found.archive.entries)
    if at is None:
        raise Invalid(NOWHERE)
    if heard >= found.row.duration:
        raise Invalid(Text(AFTER.msgid, {"length": moment(found.row.duration)}), "heard")
    began = found.clock.set_by(at, restored(heard, found.removed)).began
    _set(found.row, began, "ear", by)


def shift(minutes: Minutes, by_how_much: timedelta, by: Person) -> None:
    """Move the chapters: later in the sound where it is above nothing."""
    found = _timed(minutes)
    if abs(by_how_much) > FARTHEST:
        raise Invalid(Text("Move it by twelve hours at most."), "shift")
    _set(found.row, found.clock.began - by_how_much, "ear", by)


def _set(row: Recording, began: datetime, how: str, by: Person) -> None:
    with transaction.atomic():
        Recording.objects.filter(pk=row.pk).update(began_at=began, aligned=how, tagged=False)
        note("minutes.aligned", row.minutes, by, began=began.isoformat(), how=how)


def guessed(row: Recording, written: str, length: int) -> None:
    """Guess the clock of a recording that nobody set, from its name and from what its file says."""
    if row.aligned in ("time", "ear", "live"):
        return
    try:
        session = Timed(row, archive_of(row.minutes)[1]).session
    except Invalid:  # no session: no clock to share
        return
    end = session.ended_at or session.last_at or session.plan.starts_at
    place = ZoneInfo(session.plan.timezone)
    told = guess(row.title, written, length, (began_at(session), end), place)
    if told and told[0] <= timezone.now():
        fresh = {"began_at": told[0], "aligned": told[1]}
        Recording.objects.filter(pk=row.pk, aligned=row.aligned).update(**fresh)


def untagged() -> Recording | None:
    """Give a recording whose sound has the chapters of an earlier clock; None where none has."""
    return Recording.objects.filter(state="ready", tagged=False).order_by("pk").first()


Write = Callable[[tuple[Chapter, ...], int], None]


def tag(row: Recording, write: Write) -> None:
    """Have `write` put the chapters into the sound made, on the clock of that sound."""
    try:
        found = timed(row.minutes, archive_of(row.minutes)[1])
    except Invalid:
        found = None
    # Without a clock it has no chapters, and is done with: or it would be taken up for ever.
    write(sounded(found) if found else (), row.duration)
    same = {"pk": row.pk, "began_at": row.began_at, "removed": row.removed, "state": "ready"}
    Recording.objects.filter(**same).update(tagged=True)


def sounded(found: Timed) -> tuple[Chapter, ...]:
    """Give the chapters on the clock of the sound made."""
    return tuple((moved(at, found.removed), title) for at, title in found.chapters)


def anchors(found: Timed) -> list[tuple[str, str]]:
    """Give what may be heard to begin: activities in order, then what was noted; (ref, title)."""
    runs = sorted(found.session.runs.values(), key=lambda one: one.opened_at)
    own = {step.id for step in found.session.plan.steps}
    activities = [
        (f"a:{one.id}", one.definition.title)
        for one in runs
        if one.definition.id in own and one.definition.title
    ]
    notes = [(f"n:{one.seq}", one.text) for one in found.session.conduct.notes if one.text]
    return activities + notes
