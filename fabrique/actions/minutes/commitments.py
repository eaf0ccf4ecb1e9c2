"""Decisions and actions, followed from the edition that told of them until they are done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from msgspec import Struct

from fabrique.actions.history import name_of, note
from fabrique.actions.minutes.reading import audiences
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.debts import Kept
from fabrique.domain.edition import BINDING, KEPT, Stage
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import (
    Commitment,
    Dispatch,
    Edition,
    MinutesSentence,
    Person,
)

LONGEST = 500
WHY = Text("Say why in a few words: those who count on it will ask.")
WAITING = ("draft", "released")


class Wanted(Struct, frozen=True):
    """What somebody looks for in the register."""

    state: Kept | None = None  # None: what is to do, late or not
    whole: bool = False  # all of it, whatever its state
    mine: bool = False
    gathering: str = ""


def bind(edition: Edition, rows: Iterable[MinutesSentence]) -> None:
    """Follow what an edition binds people to; what it no longer says is left. Call it inside."""
    told = [row for row in rows if row.kind in BINDING]
    for row in told:
        values = {
            "minutes": edition.minutes,
            "edition": edition,
            "rank": row.rank,
            "kind": row.kind,
            "text": row.text,
            "owner": row.owner,
            "owner_name": row.owner_name,
            "due": row.due,
        }
        Commitment.objects.update_or_create(pk=row.pk, defaults=values)
    hush(edition.minutes.commitments.all())
    edition.minutes.commitments.exclude(pk__in=[row.pk for row in told]).update(edition=None)


def hush(rows: Iterable[Commitment]) -> None:
    """Take out the reminders that wait: what they tell of is no longer so."""
    names = [name_of(row) for row in rows]
    Dispatch.objects.filter(about__in=names, state__in=WAITING).delete()


def live() -> QuerySet[Commitment]:
    """Give what an edition that is not withdrawn binds people to."""
    rows = Commitment.objects.filter(edition__isnull=False, edition__withdrawn_at=None)
    return rows.select_related("minutes__gathering", "edition__minutes", "owner", "done_by")


def seen(viewer: Viewer) -> QuerySet[Commitment]:
    """Give what whoever looks may read, the newest first."""
    rows = live()
    if not allowed(viewer, "house:prepare"):
        reach = Q(edition__audience__in=audiences(viewer))
        if viewer.person is not None:
            group = Q(minutes__gathering__organisers__person=viewer.person)
            reach |= group | Q(owner=viewer.person)
            reach |= Q(minutes__gathering__proposer=viewer.person)
        rows = rows.filter(reach).distinct()
    return rows.order_by("-edition__at", "minutes", "rank")


def wanted(viewer: Viewer, what: Wanted, today: date) -> QuerySet[Commitment]:
    """Give those that are looked for."""
    rows = seen(viewer)
    if what.mine:
        rows = rows.filter(owner=viewer.person) if viewer.person else rows.none()
    if what.gathering:
        rows = rows.filter(minutes__gathering__slug=what.gathering)
    return rows if what.whole else rows.filter(_in_state(what.state, today))


def _in_state(state: Kept | None, today: date) -> Q:
    left, plain = Q(done_at=None), Q(kind="decision", due=None)
    match state:
        case Kept.DONE:
            return Q(done_at__isnull=False)
        case Kept.LATE:
            return left & Q(due__lt=today)
        case Kept.DECIDED:
            return left & plain
    return left & ~plain


def unpublished(viewer: Viewer) -> list[MinutesSentence]:
    """Give what a validated text binds people to and no edition told yet, to those who write it."""
    if viewer.person is None:
        return []
    rows = MinutesSentence.objects.filter(
        minutes__stage=Stage.VALIDATED.value, kind__in=sorted(BINDING), verdict__in=sorted(KEPT)
    )
    known = live().filter(minutes__stage=Stage.VALIDATED.value).values("pk")
    rows = rows.exclude(pk__in=known).select_related("minutes__gathering", "owner")
    found = rows.order_by("-minutes__validated_at", "minutes", "rank")
    return [one for one in found if allowed(viewer, "minutes:write", one.minutes)]


def find(viewer: Viewer, pk: UUID) -> Commitment | None:
    """Find one that whoever looks may read."""
    row = live().filter(pk=pk).first()
    return row if row is not None and allowed(viewer, "commitment:read", row) else None


def done(row: Commitment, word: str, by: Person, now: datetime) -> None:
    """Say that it is done; raise `Invalid` where somebody said so already."""
    with transaction.atomic():
        found = _held(row)
        if found.done_at is not None:
            raise Invalid(Text("Somebody said meanwhile that it is done."))
        found.done_at, found.done_by, found.done_word = now, by, _word(word)
        found.save(update_fields=["done_at", "done_by", "done_word"])
        hush([found])
        note("commitment.done", found, by, reason=found.done_word)


def reopen(row: Commitment, word: str, by: Person) -> None:
    """Say that it is to be done after all, and why; raise `Invalid`."""
    why = _why(word)
    with transaction.atomic():
        found = _held(row)
        if found.done_at is None:
            raise Invalid(Text("It is open already."))
        found.done_at, found.done_by, found.done_word = None, None, ""
        found.save(update_fields=["done_at", "done_by", "done_word"])
        note("commitment.reopened", found, by, reason=why)


def move(row: Commitment, due: date | None, word: str, by: Person) -> None:
    """Give it another date, and say why; the text that was published stays as it was."""
    why = _why(word)
    with transaction.atomic():
        found = _held(row)
        if found.done_at is not None:
            raise Invalid(Text("It is done: open it again to give it another date."))
        found.due = due
        found.save(update_fields=["due"])
        # The next edition tells the new date. No word of the text changes: it stays validated.
        MinutesSentence.objects.filter(pk=found.pk).update(due=due)
        hush([found])
        note("commitment.moved", found, by, reason=why, due=str(due or ""))


def _held(row: Commitment) -> Commitment:
    return Commitment.objects.select_for_update().get(pk=row.pk)


def _word(word: str) -> str:
    return " ".join(word.split())[:LONGEST]


def _why(word: str) -> str:
    if not word.strip():
        raise Invalid(WHY, "word")
    return _word(word)
