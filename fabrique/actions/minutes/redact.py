"""Words taken out on request: of the text, of every edition, of the sound, of all that tells of it.

An edition never changes, but for this: leaving old editions as they were would keep for some what
was taken from all. Its number, its day and who stands by it stay; that something went is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from django.db import models, transaction
from django.db.models import Q

from fabrique.actions.forget import forget_old_pages
from fabrique.actions.history import name_of, note
from fabrique.actions.minutes import address, redact_session
from fabrique.actions.minutes.check import check_all
from fabrique.actions.minutes.publish import read
from fabrique.actions.minutes.recording import SOURCE, folder_of
from fabrique.actions.minutes.text import changed
from fabrique.domain.article import plain
from fabrique.domain.kept import tidy
from fabrique.domain.redaction import MARK, SHORTEST, Redaction, goes, redacted, with_heard
from fabrique.domain.text import Invalid, Text
from fabrique.store import search
from fabrique.store.models import (
    Commitment,
    Dispatch,
    Edition,
    Happening,
    Minutes,
    Person,
    Recording,
    Registration,
    Shelved,
)

NOTHING = Text("Say what is to be taken out: a sentence, a moment, or words.")
SHORT = Text("These words are too short: they would be found everywhere.")
CODES = 20  # characters: a shorter column holds a word of the house, never of people


def redact(minutes: Minutes, wanted: Redaction, by: Person, now: datetime) -> None:
    """Take words out for good; raise `Invalid`. The text goes back to a draft.

    The journal goes first, since no transaction spans both: what breaks off there is asked again.
    """
    if not wanted:
        raise Invalid(NOTHING)
    if any(len(one.strip()) < SHORTEST for one in (*wanted.words, *wanted.sentences)):
        raise Invalid(SHORT, "words")
    lines = redact_session.erase(minutes, wanted, now) if wanted.session else 0
    with transaction.atomic():
        changed(minutes)
        before = address.move(minutes, wanted)
        redaction = with_heard(wanted, _heard(minutes))
        sentences = _from_text(minutes, redaction)
        for edition in minutes.editions.all():
            _from_edition(edition, redaction, now)
        _from_rows(minutes, redaction, before)
        _from_presence(minutes, redaction)
        moments = _from_sound(minutes, redaction)
        told = {"sentences": sentences, "moments": moments, "lines": lines}
        note("minutes.redacted", minutes, by, **told)
        check_all(minutes)
    forget_old_pages()


def _heard(minutes: Minutes) -> Iterator[tuple[int, int, str]]:
    for one in minutes.cues.all():
        yield one.start, one.end, one.text
    for edition in minutes.editions.all():
        for start, end, _, text in read(edition).cues:
            yield start, end, text


def _from_text(minutes: Minutes, redaction: Redaction) -> int:
    """Take moments and sentences out of what is being written; give how many sentences went."""
    gone = {f"t:{one.number}" for one in minutes.cues.all() if redaction.hears(one.start, one.end)}
    for cue in minutes.cues.filter(number__in=[int(ref[2:]) for ref in gone]):
        cue.speaker, cue.text, cue.changed = "", MARK, True
        cue.save(update_fields=["speaker", "text", "changed"])
    rows = list(minutes.sentences.all())
    left = [
        one.pk for one in rows if goes(one.text, (c["ref"] for c in one.cites), redaction, gone)
    ]
    Commitment.objects.filter(pk__in=left).delete()
    minutes.sentences.filter(pk__in=left).delete()
    for row in minutes.sentences.select_related("author", "owner"):
        for who in ("author", "owner"):
            one = getattr(row, who)
            if one is not None and redaction.mask(one.named) != one.named:
                setattr(row, who, None)
                setattr(row, f"{who}_name", MARK)
                row.save(update_fields=[who, f"{who}_name"])
    return len(left)


def _from_edition(edition: Edition, redaction: Redaction, now: datetime) -> None:
    named = [one for one in edition.people.all() if redaction.mask(one.named) != one.named]
    edition.people.remove(*named)
    before = read(edition)
    after = redacted(before, redaction)
    if after == before and not named:
        return
    edition.content, edition.redacted_at = msgspec.to_builtins(after), now
    edition.save(update_fields=["content", "redacted_at"])
    for row in Shelved.objects.filter(edition=edition):  # only the one that is found
        search.put(row.pk, after.title, plain(after))


def _from_rows(minutes: Minutes, redaction: Redaction, moved: str) -> None:
    """Mask what people wrote in every row that belongs to the text, and in what tells of it.

    `moved` is the address that it had, where that one goes.
    """
    for model, found in _rows(minutes):
        names = [one.name for one in model._meta.fields if _written(one)]  # noqa: SLF001
        if model is Edition:  # its text was gone through by what it is
            names.remove("content")
        for row in found:
            before = {name: getattr(row, name) for name in names}
            after = {
                name: redaction.masked(address.readdressed(value, moved, minutes.slug))
                for name, value in before.items()
            }
            if after != before:
                model._default_manager.filter(pk=row.pk).update(**after)  # noqa: SLF001


def _from_presence(minutes: Minutes, redaction: Redaction) -> None:
    """Name nobody among those who were there whose name goes."""
    for row in Registration.objects.filter(gathering=minutes.gathering, named=True):
        if redaction.mask(row.name) != row.name:
            row.named = False
            row.save(update_fields=["named"])


def _rows(minutes: Minutes) -> Iterator[tuple[type[models.Model], models.QuerySet[Any]]]:
    yield Minutes, Minutes.objects.filter(pk=minutes.pk)
    for relation in Minutes._meta.related_objects:  # noqa: SLF001 - Django's API
        model = relation.related_model
        yield model, model._default_manager.filter(**{relation.field.name: minutes.pk})  # noqa: SLF001
    about = Q(about=name_of(minutes))
    about |= Q(about__in=[name_of(one) for one in minutes.commitments.all()])
    yield Happening, Happening.objects.filter(about)
    yield Dispatch, Dispatch.objects.filter(about)


def _written(field: models.Field[Any, Any]) -> bool:
    """Whether people's words stand in a column: not a state, an address, or a kind."""
    if isinstance(field, models.JSONField | models.TextField):
        return True
    plain_ = type(field) is models.CharField
    return plain_ and not field.unique and (field.max_length or 0) > CODES


def _from_sound(minutes: Minutes, redaction: Redaction) -> int:
    """Have the sound made again without them; what was made of it goes at once."""
    row = Recording.objects.filter(minutes=minutes).first()
    if row is None or not redaction.spans:
        return 0
    spans = [list(one) for one in tidy([*map(tuple, row.removed), *redaction.spans])]
    fresh = {"removed": spans, "share": 0, "left": None, "claimed_until": None, "words": False}
    state = {} if row.state == "coming" else {"state": "waiting"}
    Recording.objects.filter(pk=row.pk).update(**fresh, **state)
    transaction.on_commit(lambda: _clear(row))
    return len(redaction.spans)


def _clear(row: Recording) -> None:
    """Erase what was made of a recording: the sound, and what was heard in it."""
    folder = folder_of(row.pk)
    for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
        if path.name == SOURCE:
            continue
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
