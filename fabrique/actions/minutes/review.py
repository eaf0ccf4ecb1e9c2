"""A person goes through the text: by section, and what binds somebody one by one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.minutes import locks
from fabrique.actions.minutes.check import findings
from fabrique.actions.minutes.ready import BLOCKED, check_ready
from fabrique.actions.minutes.sources import material_of, sources_of
from fabrique.actions.minutes.text import changed, place, said, sentence_of, stamp
from fabrique.domain.edition import BINDING, Stage, Verdict, move
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Cue, Minutes, MinutesSentence, Person

SHORT = Text("A quote from the recording has four words at least.")
KINDS = ("statement", "proposal", "decision", "action", "question", "written")


def judge(minutes: Minutes, pk: UUID | str, verdict: Verdict, by: Person, now: datetime) -> None:
    """Accept a sentence or leave it out; raise `Invalid` for one that its source contradicts."""
    with transaction.atomic():
        changed(minutes)
        row = sentence_of(minutes, pk)
        if verdict is Verdict.ACCEPTED and any(one["blocks"] for one in row.found):
            raise Invalid(BLOCKED, str(row.pk))
        row.verdict = verdict.value
        stamp(row, by, now)
        row.save(update_fields=["verdict", "by", "at"])
        note("minutes.judged", minutes, by, sentence=str(row.pk), verdict=verdict.value)


def judge_section(
    minutes: Minutes, section: str, verdict: Verdict, by: Person, now: datetime
) -> int:
    """Accept or leave out what waits in a section; never what binds somebody.

    What is found wrong is not accepted: it waits.
    """
    with transaction.atomic():
        changed(minutes)
        rows = minutes.sentences.filter(section=section, verdict=Verdict.PROPOSED.value)
        good = [
            one.pk
            for one in rows.exclude(kind__in=sorted(BINDING))
            if verdict is Verdict.REJECTED or not any(found["blocks"] for found in one.found)
        ]
        fresh = {"verdict": verdict.value, "by": by, "at": now}
        count = MinutesSentence.objects.filter(pk__in=good).update(**fresh)
        told = {"section": section, "verdict": verdict.value, "sentences": count}
        note("minutes.section", minutes, by, **told)
    return count


class Said(Struct, frozen=True):
    """How a person says a sentence, and what it is: an extract may be a decision."""

    words: str
    kind: str = ""  # "": what it was


def rewrite(
    minutes: Minutes, pk: UUID | str, new: Said, by: Person, now: datetime
) -> MinutesSentence:
    """Say a sentence otherwise, or what it is: it keeps its sources.

    Other words are those of this person; the same words stay those of their source.
    """
    text = said(new.words)
    if new.kind and new.kind not in KINDS:
        raise Invalid(Text("Choose one of what is offered."), "kind")
    with transaction.atomic():
        changed(minutes)
        row = sentence_of(minutes, pk)
        if text != row.text:
            row.text, row.author, row.author_name = text, by, ""
        row.kind = new.kind or row.kind
        row.verdict = Verdict.EDITED.value
        stamp(row, by, now)
        row.found = findings(row, sources_of(minutes))
        if any(one["blocks"] for one in row.found):
            raise Invalid(BLOCKED, str(row.pk))
        row.save()
        note("minutes.rewritten", minutes, by, sentence=str(row.pk))
    return row


class New(Struct, frozen=True):
    """A sentence that a person writes; under a new title, `first` begins the text with it."""

    section: str
    kind: str
    words: str
    first: bool = False


def write(minutes: Minutes, new: New, by: Person, now: datetime) -> MinutesSentence:
    """Add a sentence of one's own: whoever writes it is its source, and is shown so."""
    if new.kind not in KINDS:
        raise Invalid(Text("Choose one of what is offered."), "kind")
    text, section = said(new.words), " ".join(new.section.split())[:300]
    with transaction.atomic():
        changed(minutes)
        row = MinutesSentence.objects.create(
            minutes=minutes,
            section=section,
            rank=place(minutes, section, first=new.first),
            kind=new.kind,
            text=text,
            verdict=Verdict.EDITED.value,
            author=by,
            by=by,
            at=now,
        )
        note("minutes.written", minutes, by, sentence=str(row.pk))
    return row


class Quoted(Struct, frozen=True):
    """A moment that is taken into the text, and as what."""

    number: int
    kind: str = "extract"
    over: bool = False  # the part is taken over from whoever is at it


def quote(minutes: Minutes, what: Quoted, by: Person, now: datetime) -> MinutesSentence:
    """Take what was said at a moment into the text, word for word, under what was going on then.

    Raises `Invalid` where somebody else is at that part.
    """
    number, kind = what.number, what.kind
    if kind not in (*KINDS, "extract"):
        raise Invalid(Text("Choose one of what is offered."), "kind")
    with transaction.atomic():
        changed(minutes)
        cue = Cue.objects.filter(minutes=minutes, number=number).first()
        if cue is None:
            raise Invalid(Text("This moment is no longer there: look at the transcript again."))
        material = material_of(minutes)
        section = next((one.title for one in material.windows if cue.start < one.end), "")[:300]
        locks.take(minutes, section, by, now, over=what.over)
        row = MinutesSentence(
            minutes=minutes,
            section=section,
            rank=place(minutes, section),
            kind=kind,
            text=said(cue.text),
            cites=[{"ref": f"t:{number}", "quote": cue.text}],
            verdict=Verdict.ACCEPTED.value,
        )
        row.found = findings(row, material.sources)
        if any(one["blocks"] for one in row.found):
            raise Invalid(SHORT)
        stamp(row, by, now)
        row.save(force_insert=True)
        note("minutes.quoted", minutes, by, cue=number)
    return row


def entrust(minutes: Minutes, pk: UUID | str, owner: str, due: date | None, by: Person) -> None:
    """Say who does what an action says, and by when; raise `Invalid`."""
    with transaction.atomic():
        changed(minutes)
        row = sentence_of(minutes, pk)
        if row.kind not in BINDING:
            raise Invalid(Text("Only decisions and actions are entrusted to somebody."))
        name = " ".join(owner.split())[:200]
        if row.owner is None or name != row.owner.named:  # the form says back whom it has
            row.owner = Person.objects.filter(email__iexact=name).first()
        row.owner_name = "" if row.owner else name
        row.due = due
        row.save(update_fields=["owner", "owner_name", "due"])
        note("minutes.entrusted", minutes, by, sentence=str(row.pk), due=str(due or ""))


def reviewed(minutes: Minutes, by: Person) -> None:
    """Say that one went through all of it; raise `Invalid` while something waits."""
    check_ready(minutes)
    with transaction.atomic():
        row = Minutes.objects.select_for_update().get(pk=minutes.pk)
        row.stage = move(Stage(row.stage), Stage.REVIEWED).value
        row.reviewed_by = by
        row.save(update_fields=["stage", "reviewed_by"])
        note("minutes.reviewed", minutes, by, version=row.version)
    minutes.refresh_from_db()
