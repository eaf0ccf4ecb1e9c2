"""What was said, as people correct it: taken in, cut, put right, voices named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from fabrique.actions.history import note
from fabrique.actions.minutes.check import check_spoken
from fabrique.actions.minutes.text import changed
from fabrique.domain.mended import Mended
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Cue as Spoken
from fabrique.importers.transcript import import_transcript
from fabrique.store.models import Cue, Minutes, Person

LARGEST = 1_000_000  # bytes of a transcript: a day of speech
LONGEST, LONGEST_NAME = 2000, 200  # characters
TOO_LARGE = Text("A transcript has at most 1 MB.")
NOTHING = Text("Nobody says anything in this file.")
GONE = Text("This moment is no longer there: look at the transcript again.")


def take_transcript(minutes: Minutes, name: str, content: bytes, by: Person) -> int:
    """Take a transcript in, in place of the one that was there; give how many cues it has.

    Raises `Invalid` with the line that cannot be read; nothing is kept then. Sentences that cite
    cues are checked again.
    """
    if len(content) > LARGEST:
        raise Invalid(TOO_LARGE, "file")
    found, mended = import_transcript(content)
    cues = found.cues
    if not cues:
        raise Invalid(NOTHING, "file")
    with transaction.atomic():
        changed(minutes)
        _remember(minutes, mended)
        Cue.objects.filter(minutes=minutes).delete()
        _keep(minutes, cues)
        note("minutes.transcript", minutes, by, name=name[:120], cues=len(cues))
        check_spoken(minutes)
    return len(cues)


def take_heard(
    minutes: Minutes, cues: Sequence[Spoken], tool: str, replaced: int | None = None
) -> int:
    """Keep what a machine heard, where no transcript came meanwhile; give how many cues.

    It takes the place of the cues up to `replaced`, by their row, which it was asked to write anew.
    """
    if not cues:
        raise Invalid(NOTHING)
    with transaction.atomic():
        changed(minutes)
        there = Cue.objects.filter(minutes=minutes)
        if there.filter(pk__gt=replaced or 0).exists():
            return 0
        there.delete()
        _remember(minutes, Mended())
        _keep(minutes, cues)
        note("minutes.heard", minutes, cues=len(cues), tool=tool)
        check_spoken(minutes)
    return len(cues)


def _remember(minutes: Minutes, mended: Mended) -> None:
    """Keep what was put right of the transcript that is there, for whoever looks at it."""
    minutes.mended = mended.counts()
    minutes.save(update_fields=["mended"])


def _keep(minutes: Minutes, cues: Sequence[Spoken]) -> None:
    Cue.objects.bulk_create(
        Cue(
            minutes=minutes,
            number=number,
            start=one.start,
            end=one.end,
            speaker=one.speaker[:LONGEST_NAME],
            text=one.text,
        )
        for number, one in enumerate(cues, 1)
    )


def cut_start(minutes: Minutes, until: int, by: Person) -> int:
    """Take out all that was said before a moment (milliseconds); give how many cues went.

    What was said before people were told that it is kept is not kept.
    """
    with transaction.atomic():
        changed(minutes)
        gone = _take_out(minutes, Q(end__lte=until))
        note("minutes.cut", minutes, by, until=until, cues=gone)
        check_spoken(minutes)
    return gone


def cut_span(minutes: Minutes, start: int, end: int, by: Person) -> int:
    """Take out every cue that is heard between two moments; give how many went."""
    with transaction.atomic():
        changed(minutes)
        gone = _take_out(minutes, Q(start__lt=end, end__gt=start))
        note("minutes.cut-span", minutes, by, cues=gone)
        check_spoken(minutes)
    return gone


def _take_out(minutes: Minutes, which: Q) -> int:
    """Take cues out; those left are numbered anew, and citations follow them."""
    gone, _ = Cue.objects.filter(which, minutes=minutes).delete()
    if gone:
        _renumber(minutes)
    return gone


def _renumber(minutes: Minutes) -> None:
    moved = {}
    for number, row in enumerate(Cue.objects.filter(minutes=minutes).order_by("number"), 1):
        moved[f"t:{row.number}"] = f"t:{number}"
        Cue.objects.filter(pk=row.pk).update(number=number)
    for sentence in minutes.sentences.all():
        cites = [{**one, "ref": moved.get(one["ref"], _dead(one["ref"]))} for one in sentence.cites]
        if cites != sentence.cites:
            sentence.cites = cites
            sentence.save(update_fields=["cites"])


def _dead(ref: str) -> str:
    """Name a cue that was taken out, so that no other takes its number."""
    return f"{ref}-" if ref.startswith("t:") else ref


def correct(minutes: Minutes, number: int, speaker: str, text: str, by: Person) -> Cue:
    """Put right what a cue says and who says it; what cites it is checked again."""
    text, speaker = " ".join(text.split()), " ".join(speaker.split())
    if len(text) > LONGEST or len(speaker) > LONGEST_NAME:
        raise Invalid(Text("At most {most} characters fit here: shorten it.", {"most": LONGEST}))
    with transaction.atomic():
        changed(minutes)
        row = Cue.objects.filter(minutes=minutes, number=number).first()
        if row is None:
            raise Invalid(GONE)
        voices = {row.speaker, speaker} if row.speaker != speaker else set()
        row.text, row.speaker, row.changed = text, speaker, True
        row.save(update_fields=["text", "speaker", "changed"])
        note("minutes.cue", minutes, by, number=number)
        check_spoken(minutes, [number], voices)
    return row


def name_voice(minutes: Minutes, before: str, after: str, by: Person) -> int:
    """Say whose voice a name of the file is; give how many cues it spoke."""
    after = " ".join(after.split())[:LONGEST_NAME]
    with transaction.atomic():
        changed(minutes)
        count = Cue.objects.filter(minutes=minutes, speaker=before).update(speaker=after)
        note("minutes.voice", minutes, by, cues=count)
        check_spoken(minutes, voices=(before, after))
    return count


def looked_for(find: str, *, whole: bool) -> re.Pattern[str]:
    """Give what finds words as they are written, not inside others if `whole`; raise `Invalid`."""
    if not find.strip():
        raise Invalid(Text("Which words are to be replaced?"), "find")
    return re.compile(rf"(?<!\w){re.escape(find)}(?!\w)" if whole else re.escape(find))


def replace(minutes: Minutes, find: str, by_what: str, by: Person, *, whole: bool = False) -> int:
    """Replace words everywhere in what was said, as written; give in how many cues."""
    there = looked_for(find, whole=whole)
    with transaction.atomic():
        changed(minutes)
        rows = [one for one in Cue.objects.filter(minutes=minutes) if there.search(one.text)]
        for row in rows:
            row.text, row.changed = there.sub(lambda _: by_what, row.text)[:LONGEST], True
        Cue.objects.bulk_update(rows, ["text", "changed"], batch_size=200)
        note("minutes.replaced", minutes, by, cues=len(rows))
        check_spoken(minutes, [row.number for row in rows])
    return len(rows)


def voices(minutes: Minutes) -> list[str]:
    """Give the names under which people speak."""
    rows = Cue.objects.filter(minutes=minutes).exclude(speaker="").order_by("number")
    return list(dict.fromkeys(rows.values_list("speaker", flat=True)))
