"""What an edition holds: the validated text with its sources, as it is at that moment."""

from __future__ import annotations

from django.db.models import Max

from fabrique.actions.minutes.clock import Timed, timed
from fabrique.actions.minutes.draft import drafters
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
from fabrique.domain.edition import KEPT
from fabrique.domain.language import Language, language
from fabrique.domain.material import called
from fabrique.domain.minutes import Cite
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Transcript
from fabrique.store.models import Minutes, MinutesSentence, Recording


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
