"""How people were told that they are recorded; who objects, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from msgspec import Struct, structs

from fabrique.actions.access import NoAccess
from fabrique.actions.history import note
from fabrique.actions.minutes import transcript
from fabrique.actions.minutes.recording import add_cut
from fabrique.domain.archive import Archive
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import (
    Minutes,
    Objection,
    ObjectionAnswer,
    Person,
    Recording,
    RecordingNotice,
)

LONGEST, LONGEST_NOTICE, LONGEST_REASON, LONGEST_NAME = 1000, 500, 500, 200
MOST = 20  # objections of one seat
UNSAID = Text("Write how people were told, or what they are to be told.")
UNNAMED = Text("Say who objects: a name, so that an answer finds them.")
REASONLESS = Text("Say why it is not cut: whoever objects reads it.")
EMPTY_SPAN = Text("The end of what is cut comes after its beginning.")
GONE = Text("This objection is no longer there, or has its answer: look again.")
WAITING = Text(
    "{n} objection to the recording waits for an answer.",
    {},
    "{n} objections to the recording wait for an answer.",
)


class Said(Struct, frozen=True):
    """What the screens said, from the journal: that it is recorded, or not any more."""

    at: datetime
    on: bool


def told(session: str, words: str, by: Person | None, now: datetime, **more: object) -> None:
    """Keep how people were told; raise `Invalid`. `more` is `kept_until`, `by_name`."""
    said = " ".join(words.split())[:LONGEST_NOTICE]
    if not said:
        raise Invalid(UNSAID, "words")
    RecordingNotice.objects.create(session=session, words=said, by=by, at=now, **more)


def declare(
    minutes: Minutes, words: str, kept_until: date | None, by: Person, now: datetime
) -> None:
    """Say how people were told, or change what they are told."""
    with transaction.atomic():
        told(minutes.session, words, by, now, kept_until=kept_until)
        note("minutes.told", minutes, by)


def notice_of(session: str) -> RecordingNotice | None:
    """Give what is told of a session now; None where nobody wrote anything."""
    return RecordingNotice.objects.filter(session=session).last()


def ledger(session: str) -> list[RecordingNotice]:
    """Give all that was told, first to last."""
    return list(RecordingNotice.objects.filter(session=session).select_related("by"))


def on_screens(archive: Archive) -> list[Said]:
    """Give when the screens of the session said that it is recorded."""
    lines = (one for one in archive.entries if one.kind == "session.recorded")
    return [Said(one.at, one.body.on) for one in lines]


class Objector(Struct, frozen=True):
    """Who objects: an account, a seat, or a name that somebody wrote down."""

    name: str
    person: Person | None = None
    participant: str = ""
    written_by: Person | None = None


def objected(session: str, who: Objector, words: str, now: datetime) -> Objection:
    """Keep an objection; raise `Invalid`."""
    name = " ".join(who.name.split())[:LONGEST_NAME]
    if not name:
        raise Invalid(UNNAMED, "name")
    own = Objection.objects.filter(session=session, person=who.person, participant=who.participant)
    if not who.written_by and own.count() >= MOST:
        raise Invalid(Text("You objected often enough: it waits for an answer."))
    return Objection.objects.create(
        session=session,
        person=who.person,
        participant=who.participant,
        name=name,
        words=words.strip()[:LONGEST],
        written_by=who.written_by,
        at=now,
    )


def own_of(session: str, person: Person | None, participant: str) -> list[Objection]:
    """Give what somebody objected themselves, from their seat or their account."""
    rows = Objection.objects.filter(session=session).select_related("answer")
    if participant:
        return list(rows.filter(participant=participant))
    return list(rows.filter(person=person, participant="")) if person else []


def take_back(own: Iterable[Objection], pk: str, now: datetime) -> None:
    """Take an objection of one's own back, its words and its name; raise `NoAccess` for another's.

    That it was, and what was done about it, stays.
    """
    row = next((one for one in own if str(one.pk) == pk), None)
    if row is None:
        raise NoAccess
    fresh = {"withdrawn_at": now, "name": "", "words": ""}
    Objection.objects.filter(pk=row.pk, withdrawn_at=None).update(**fresh)


def objections(session: str) -> list[Objection]:
    """Give every objection, first to last, with its answer."""
    rows = Objection.objects.filter(session=session)
    return list(rows.select_related("answer__by", "written_by"))


def waiting(session: str) -> int:
    """Count those that nobody answered and nobody took back."""
    return Objection.objects.filter(session=session, withdrawn_at=None, answer=None).count()


def check_objections(minutes: Minutes) -> None:
    """Raise `Invalid` while one waits."""
    if count := waiting(minutes.session):
        raise Invalid(structs.replace(WAITING, params={"n": count}), "objections")


def cut(minutes: Minutes, pk: str, span: tuple[int, int], by: Person, now: datetime) -> None:
    """Answer by cutting moments out of the recording and out of what was said."""
    start, end = span
    if end <= start:
        raise Invalid(EMPTY_SPAN, "end")
    with transaction.atomic():
        _answer(minutes, pk, ObjectionAnswer(verdict="cut", span=[start, end], by=by, at=now))
        transcript.cut_span(minutes, start, end, by)
        add_cut(minutes, (start, end), by)


def decline(minutes: Minutes, pk: str, reason: str, by: Person, now: datetime) -> None:
    """Answer by a reason."""
    words = " ".join(reason.split())[:LONGEST_REASON]
    if not words:
        raise Invalid(REASONLESS, "reason")
    with transaction.atomic():
        _answer(minutes, pk, ObjectionAnswer(verdict="declined", words=words, by=by, at=now))


def _answer(minutes: Minutes, pk: str, answer: ObjectionAnswer) -> None:
    rows = Objection.objects.filter(session=minutes.session, withdrawn_at=None)
    row = rows.filter(pk=_key(pk)).first()
    if row is None:
        raise Invalid(GONE)
    answer.objection = row
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:  # two people at once
        raise Invalid(GONE) from None
    note("minutes.objection-answered", minutes, answer.by, verdict=answer.verdict)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(GONE) from None


def recorded_until(session: str) -> date | None:
    """Give until when a recording of it is kept: as the recording has it, else as was told."""
    row = Recording.objects.filter(minutes__session=session).first()
    if row:
        until: date = row.kept_until
        return until
    found = notice_of(session)
    return found.kept_until if found else None
