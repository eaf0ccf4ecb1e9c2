"""A named person stands by the text, then gives it to a tier; each edition is kept as it was."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import name_of, note
from fabrique.actions.library import shelf
from fabrique.actions.minutes import commitments, owed
from fabrique.actions.minutes.consent import check_objections
from fabrique.actions.minutes.freeze import article, kept
from fabrique.actions.minutes.ready import check_ready
from fabrique.actions.requests.answer import check_answered
from fabrique.domain.article import Article
from fabrique.domain.edition import Stage, move
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Edition, Minutes, Person

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
