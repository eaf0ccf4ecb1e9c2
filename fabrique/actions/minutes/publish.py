"""A named person stands by the text, then gives it to a tier; each edition is kept as it was."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Max
from msgspec import Struct

from fabrique.actions.history import name_of, note
from fabrique.actions.library import shelf
from fabrique.actions.minutes import commitments, owed
from fabrique.actions.minutes.clock import Timed, timed
from fabrique.actions.minutes.consent import check_objections
from fabrique.actions.minutes.draft import drafters
from fabrique.actions.minutes.requests import check_answered
from fabrique.actions.minutes.review import check_ready
from fabrique.actions.minutes.sources import (
    archive_of,
    besides_of,
    report_of,
    reports_of,
    titles_among,
    transcript_of,
)
from fabrique.domain.article import Article, Part, Passage
from fabrique.domain.beside import Besides, links
from fabrique.domain.cited import label, start_of
from fabrique.domain.edition import KEPT, Stage, move
from fabrique.domain.language import Language, language
from fabrique.domain.material import called
from fabrique.domain.minutes import Cite
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.domain.transcript import Transcript
from fabrique.store.models import Dispatch, Edition, Minutes, MinutesSentence, Person, Recording

LONGEST_NOTE = 500


def validate(minutes: Minutes, by: Person, now: datetime) -> None:
    """Stand by the text as it is, by name; raise `Invalid` while anything in it is unresolved."""
    check_ready(minutes)
    check_answered(minutes)
    if not by.name.strip():
        raise Invalid(Text("Whoever validates is named: write your name in your profile first."))
    with transaction.atomic():
        row = Minutes.objects.select_for_update().get(pk=minutes.pk)
        if row.version != minutes.version:
            raise Invalid(Text("Somebody changed this text meanwhile: look at it again."))
        row.stage = move(Stage(row.stage), Stage.VALIDATED).value
        row.validated_by, row.validated_at = by, now
        row.save(update_fields=["stage", "validated_by", "validated_at"])
        note("minutes.validated", minutes, by, version=row.version)
    minutes.refresh_from_db()


class Terms(Struct, frozen=True):
    """For whom an edition is, what changed since the last one, whether the sound goes with it."""

    audience: Tier
    words: str = ""
    sound: bool = False
    licence: str = ""  # a code of `domain/licence.py`


def publish(minutes: Minutes, terms: Terms, by: Person, now: datetime) -> Edition:
    """Give the validated text to a tier: one more edition. Raises `Invalid`."""
    check_objections(minutes)  # one may have come since it was validated
    content = msgspec.to_builtins(article(minutes, sound=terms.sound, licence=terms.licence))
    with transaction.atomic():
        row = Minutes.objects.select_for_update().get(pk=minutes.pk)
        if row.version != minutes.version:
            raise Invalid(Text("Somebody changed this text meanwhile: look at it again."))
        row.stage = move(Stage(row.stage), Stage.PUBLISHED).value
        row.save(update_fields=["stage"])
        made = Edition.objects.create(
            minutes=row,
            number=content["number"],
            audience=terms.audience.value,
            content=content,
            at=now,
            by=by,
            note=terms.words.strip()[:LONGEST_NOTE],
        )
        made.people.set(_people(minutes))
        commitments.bind(made, kept(minutes))
        if row.gathering is not None:
            owed.hush(row.gathering)
        shelf.put_edition(made, read(made))
        note("minutes.published", minutes, by, edition=made.number, audience=made.audience)
    minutes.refresh_from_db()
    return made


def withdraw(minutes: Minutes, words: str, by: Person, now: datetime) -> None:
    """Take every edition back: nobody reads them any more. The text stays, to be corrected."""
    if not words.strip():
        raise Invalid(Text("Say why in a sentence: it is the first thing that people will ask."))
    with transaction.atomic():
        for edition in minutes.editions.filter(withdrawn_at=None):
            edition.withdrawn_at = now
            edition.save(update_fields=["withdrawn_at"])
        shelf.take_minutes(minutes)
        commitments.hush(minutes.commitments.all())
        told = Dispatch.objects.filter(about=name_of(minutes), state__in=commitments.WAITING)
        told.exclude(batch="").update(state="dropped", error="replaced")
        fresh = {"stage": Stage.DRAFT.value, "validated_by": None, "validated_at": None}
        Minutes.objects.filter(pk=minutes.pk).update(**fresh)
        note("minutes.withdrawn", minutes, by, why=words.strip()[:LONGEST_NOTE])
    minutes.refresh_from_db()


def read(edition: Edition) -> Article:
    """Read an edition's words."""
    return msgspec.convert(edition.content, Article)


def names_of(edition: Edition) -> dict[str, str]:
    """Give the names of those whose words or whose validation it carries, by id."""
    return {str(one.pk): one.named for one in edition.people.all()}


def _people(minutes: Minutes) -> set[Person]:
    rows = kept(minutes)
    wrote = {one.author for one in rows if one.author} | {one.owner for one in rows if one.owner}
    return wrote | ({minutes.validated_by} if minutes.validated_by else set())


def kept(minutes: Minutes) -> list[MinutesSentence]:
    """Give the sentences that are in the text, in order."""
    rows = minutes.sentences.filter(verdict__in=sorted(KEPT))
    return list(rows.select_related("author", "owner").order_by("rank"))


def article(minutes: Minutes, *, sound: bool = False, licence: str = "") -> Article:
    """Freeze the validated text; raise `Invalid` where nobody stands by it."""
    if minutes.validated_by is None or minutes.validated_at is None:
        raise Invalid(Text("Nobody validated this text yet."))
    report, besides = report_of(minutes), besides_of(minutes)
    others, words = reports_of(besides), language(minutes.language)
    titles = titles_among(minutes, report, besides, others)
    last: int | None = minutes.editions.aggregate(last=Max("number"))["last"]
    transcript = transcript_of(minutes) or Transcript(())
    row = Recording.objects.filter(minutes=minutes, state="ready").first()
    clock = timed(minutes, archive_of(minutes)[1]) if sound else None
    return Article(
        title=minutes.title,
        language=minutes.language,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        timezone=report.timezone,
        validated_by=str(minutes.validated_by.pk),
        validated_at=minutes.validated_at,
        number=(last or 0) + 1,
        drafters=_drafters(minutes),
        fingerprint=report.fingerprint,
        parts=_parts(minutes, transcript, titles, words, clock),
        question=minutes.gathering.question if minutes.gathering else "",
        participants=report.results["participants"],
        sound=sound and row is not None,
        licence=licence,
        removed=tuple((start, end) for start, end in row.removed) if row else (),
        chapters=clock.chapters if clock else (),
        cues=tuple((one.start, one.end, one.speaker, one.text) for one in transcript.cues),
        resources=tuple(links(besides.brought)),
        sessions=tuple(
            Besides(called(one, words), one.starts_at, one.fingerprint) for one in others.values()
        ),
    )


def _drafters(minutes: Minutes) -> tuple[str, ...]:
    """Name what proposed the sentences that are kept as they were proposed."""
    words, known = language(minutes.language), drafters()
    used = dict.fromkeys(one.tool or one.drafter for one in kept(minutes) if one.drafter)
    return tuple(words.say(known[one].name) if one in known else one for one in used)


def _parts(
    minutes: Minutes,
    transcript: Transcript,
    titles: dict[str, str],
    words: Language,
    clock: Timed | None,
) -> tuple[Part, ...]:
    found: dict[str, list[Passage]] = {}
    for row in kept(minutes):
        cites = tuple(Cite(one["ref"], one.get("quote", "")) for one in row.cites)
        told = [one for one in cites if not _same(one.ref, row.section, titles)]
        labels = dict.fromkeys(words.say(label(one.ref, transcript, titles)) for one in told)
        passage = Passage(
            text=row.text,
            kind=row.kind,
            cites=cites,
            sources=tuple(labels),
            by=str(row.author.pk) if row.author else "",
            name=row.author_name,
            owner=row.owner_name,
            owner_id=str(row.owner.pk) if row.owner else "",
            due=row.due.isoformat() if row.due else "",
            heard=tuple(_place(one, transcript, clock) for one in cites) if clock else (),
        )
        found.setdefault(row.section, []).append(passage)
    return tuple(Part(title, tuple(passages)) for title, passages in found.items())


def _place(cite: Cite, transcript: Transcript, clock: Timed) -> int | None:
    """Give where a cite is heard: what was said, or what happened in the session."""
    start = start_of(cite.ref, transcript)
    return clock.place(cite.ref, cite.quote) if start is None else start


def _same(ref: str, section: str, titles: dict[str, str]) -> bool:
    """Whether a citation leads to the activity under whose title the sentence stands."""
    kind, _, rest = ref.partition(":")
    return kind == "a" and titles.get(rest) == section
