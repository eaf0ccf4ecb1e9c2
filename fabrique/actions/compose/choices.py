"""A choice of workshops is opened, answered by whoever has a seat, closed; then erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from msgspec import Struct

from fabrique.actions.compose import offers
from fabrique.actions.compose.ask import UNTITLED
from fabrique.actions.history import note
from fabrique.domain.offering import CLOSED, Choosing, Held, check_ranked
from fabrique.domain.seat import SEATED
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Composition, Gathering, Person, Registration, WorkshopChoice

SERVED = timedelta(days=30)  # after the gathering, choices are erased
PAST = Text("This date is past: choose a later one, or none.")
SEAT = Text("Only people who have a seat choose workshops.")
GONE = Text("This choice is not there.")


class Ballot(Struct, frozen=True):
    """A choice as one person is asked: what they may choose, and have chosen, best first."""

    composition: Composition
    options: tuple[tuple[str, str, tuple[Held, ...]], ...]  # id, title, when it is held
    ranks: int
    chosen: tuple[str, ...]
    is_open: bool


@transaction.atomic
def open_choice(
    gathering: Gathering,
    title: str,
    choosing: Choosing,
    closes_at: datetime | None,
    by: Person,
    now: datetime,
) -> Composition:
    """Offer workshops to those who have a seat; raise `Invalid` for a contradiction."""
    title = " ".join(title.split())[:200]
    if not title:
        raise Invalid(UNTITLED, "title")
    offers.checked(gathering, choosing)
    made = Composition.objects.create(
        gathering=gathering,
        kind="workshops",
        title=title,
        asks=msgspec.to_builtins(choosing),
        closes_at=_later(closes_at, now),
        by=by,
        created_at=now,
    )
    note("choice.opened", gathering, by, title=title)
    return made


@transaction.atomic
def change(composition: Composition, choosing: Choosing, by: Person) -> None:
    """Offer other workshops, or ask for more or fewer choices; what was chosen stays."""
    offers.checked(composition.gathering, choosing)
    composition.asks = msgspec.to_builtins(choosing)
    composition.save(update_fields=["asks"])
    note("choice.changed", composition.gathering, by, title=composition.title)


@transaction.atomic
def close(composition: Composition, by: Person, now: datetime) -> None:
    """Close it now; twice is once."""
    if is_open(composition, now):
        _until(composition, now, by)


@transaction.atomic
def reopen(composition: Composition, until: datetime | None, by: Person, now: datetime) -> None:
    """Have it open until a moment that is to come, or until somebody closes it."""
    _until(composition, _later(until, now), by)


def is_open(composition: Composition, now: datetime) -> bool:
    """Say whether people may still choose."""
    return composition.closes_at is None or now < composition.closes_at


@transaction.atomic
def choose(row: Registration, pk: str, ranked: Sequence[str], now: datetime) -> None:
    """Keep what somebody would like, best first, in place of what they said before.

    Nothing at all takes their choices back. Raise `Invalid`.
    """
    rows = Composition.objects.filter(gathering=row.gathering_id, kind="workshops")
    composition = next((one for one in rows if str(one.pk) == pk), None)
    if composition is None:
        raise Invalid(GONE)
    if row.state not in SEATED or not row.main:
        raise Invalid(SEAT)
    if not is_open(composition, now):
        raise Invalid(CLOSED)
    choosing = offers.choosing_of(composition)
    own = offers.titles(offers.found(composition, choosing), row)
    chosen = check_ranked(list(ranked)[: choosing.ranks], own)
    kept = WorkshopChoice.objects.filter(composition=composition, registration=row)
    if not chosen:
        kept.delete()
        return
    before = kept.first()
    if before is None or before.ranked != list(chosen):  # who changes nothing keeps their turn
        WorkshopChoice.objects.update_or_create(
            composition=composition,
            registration=row,
            defaults={"ranked": list(chosen), "at": now},
        )


def ballots(row: Registration, now: datetime) -> list[Ballot]:
    """Give what somebody with a seat is asked, and was."""
    if row.state not in SEATED or not row.main:
        return []
    rows = Composition.objects.filter(gathering=row.gathering_id, kind="workshops")
    return [_ballot(one, row, now) for one in rows.order_by("created_at")]


def _ballot(composition: Composition, row: Registration, now: datetime) -> Ballot:
    choosing = offers.choosing_of(composition)
    whole = offers.found(composition, choosing)
    kept = WorkshopChoice.objects.filter(composition=composition, registration=row).first()
    own = offers.titles(whole, row)
    options = tuple(
        (workshop, title, tuple(one for one in whole if one.workshop == workshop))
        for workshop, title in sorted(own.items(), key=lambda one: one[1].casefold())
    )
    return Ballot(
        composition=composition,
        options=options,
        ranks=min(choosing.ranks, len(own)),
        chosen=tuple(one for one in kept.ranked if one in own) if kept else (),
        is_open=is_open(composition, now),
    )


def forget_choices(now: datetime) -> int:
    """Erase the choices that have served; give how many went."""
    old = WorkshopChoice.objects.filter(composition__gathering__ends_at__lt=now - SERVED)
    return old.delete()[0]


def _until(composition: Composition, until: datetime | None, by: Person) -> None:
    composition.closes_at = until
    composition.save(update_fields=["closes_at"])
    note("choice.closed", composition.gathering, by, title=composition.title)


def _later(until: datetime | None, now: datetime) -> datetime | None:
    if until is not None and until <= now:
        raise Invalid(PAST, "until")
    return until
