"""The quick lane: what a session wrote together, gone through on one page and published at once.

Nothing here decides by itself: each part is kept or left out by a person, each decision and action
one by one, by the same verbs as at the desk and with the same check before anybody validates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from msgspec import Struct

from fabrique.actions.minutes import begin, locks, publish, review
from fabrique.actions.minutes.draft import draft
from fabrique.actions.minutes.text import changed, said
from fabrique.domain.edition import Verdict
from fabrique.domain.language import language
from fabrique.domain.text import Text
from fabrique.store.journal import Head
from fabrique.store.models import Edition, Minutes, Person

DRAFTER = "assembly"  # what was made together, no model
INTRODUCTION = Text("Introduction")


class Bound(Struct, frozen=True):
    """What a person says of one decision or action."""

    pk: UUID
    keep: bool
    owner: str = ""
    due: date | None = None


class Choices(Struct, frozen=True):
    """All that a person said on the page, and of which version of the text."""

    version: int
    sections: Mapping[str, bool] = {}  # by title: kept, or left out
    bound: tuple[Bound, ...] = ()
    introduction: str = ""


def begin_drafted(head: Head, by: Person, now: datetime) -> Minutes:
    """Begin the minutes of a session with its draft; what is there already stays."""
    minutes = begin.begin(head, by, now)
    if not minutes.sentences.exists():
        draft(minutes, DRAFTER, by)
    return minutes


@transaction.atomic
def keep(minutes: Minutes, what: Choices, by: Person, now: datetime) -> None:
    """Keep what was said; raise `Invalid` where the text changed meanwhile, keeping nothing."""
    locks.check_free(minutes, by, now)
    changed(minutes, version=what.version)
    for section, kept in what.sections.items():
        review.judge_section(minutes, section, _verdict(kept=kept), by, now)
    for one in what.bound:
        review.judge(minutes, one.pk, _verdict(kept=one.keep), by, now)
        if one.keep:
            review.entrust(minutes, one.pk, one.owner, one.due, by)
    if what.introduction.strip():
        section = language(minutes.language).say(INTRODUCTION)
        new = review.New(section, "written", said(what.introduction), first=True)
        review.write(minutes, new, by, now)


def _verdict(*, kept: bool) -> Verdict:
    return Verdict.ACCEPTED if kept else Verdict.REJECTED


@transaction.atomic
def give(
    minutes: Minutes, what: Choices, terms: publish.Terms, by: Person, now: datetime
) -> Edition:
    """Keep it, stand by it by name, and publish it: all of it, or nothing. Raises `Invalid`."""
    keep(minutes, what, by, now)
    review.reviewed(minutes, by)
    publish.validate(minutes, by, now)
    return publish.publish(minutes, terms, by, now)
