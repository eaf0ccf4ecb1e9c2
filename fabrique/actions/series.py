"""Series: the next one in a gesture, and what came before in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from fabrique.actions.approve import session_for
from fabrique.actions.checklist import due_of
from fabrique.actions.history import note
from fabrique.actions.propose import free_slug
from fabrique.actions.shape import preparation_of
from fabrique.domain.gathering import State
from fabrique.domain.recurrence import following
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import (
    Form,
    Gathering,
    Organiser,
    Person,
    Pool,
    Preparation,
    Series,
    Shelved,
    Task,
)

NUMBERED = re.compile(r"\s*#(\d+)$")
COPIED = (
    "question",
    "about",
    "language",
    "format",
    "lane",
    "audience",
    "door",
    "mode",
    "zone",
    "place",
    "directions",
    "target",
    "all_day",
)
ASKED = (
    "asked",
    "early",
    "closes_before",
    "fairness",
    "offers_stop",
    "price",
    "fees",
    "pay_at",
    "letters",
    "reminders",
)
LONGEST = 200
ACCEPTED = (
    State.PREPARED.value,
    State.ANNOUNCED.value,
    State.PUBLISHED.value,
    State.POSTPONED.value,
)


def begin(gathering: Gathering, kind: str, title: str, by: Person) -> Series:
    """Make a gathering the first of a series; raise `Invalid`."""
    shown = " ".join(title.split())
    if kind not in (Series.MONTHLY, Series.PROJECT):
        raise Invalid(Text("Choose one of what is offered."), "kind")
    if not shown or len(shown) > LONGEST:
        raise Invalid(Text("Give the series a title."), "title")
    with transaction.atomic():
        if not Gathering.objects.filter(pk=gathering.pk, series=None).update(zone=gathering.zone):
            raise Invalid(Text("It is of a series already: nothing was changed."))
        made = Series.objects.create(slug=_slug(shown), kind=kind, title=shown)
        Gathering.objects.filter(pk=gathering.pk).update(series=made)
        Shelved.objects.filter(gathering=gathering).update(series=made)
        note("series begun", gathering, by, series=made.slug)
    gathering.series = made
    return made


def _slug(title: str) -> str:
    start, n = slugify(title)[:60].strip("-") or "serie", 1
    while Series.objects.filter(slug=(found := start if n == 1 else f"{start}-{n}")).exists():
        n += 1
    return found


def next_of(gathering: Gathering, by: Person, now: datetime) -> Gathering:
    """Make the next one: parts, group and checklist copied, on the same weekday of next month.

    One of a project has no date yet. Raises `Invalid`; asked twice, gives the one that was made.
    """
    if gathering.series is None:
        raise Invalid(Text("Make it a series first."))
    if gathering.state not in ACCEPTED:
        raise Invalid(Text("The team has to accept it first."))
    begins, ends = _when(gathering)
    if made := _made(gathering, begins):
        return made
    code = session_for(gathering, begins)
    with transaction.atomic():
        Series.objects.filter(pk=gathering.series.pk).update(slug=gathering.series.slug)  # a lock
        if made := _made(gathering, begins):
            return made
        title = _title(gathering)
        row = Gathering.objects.create(
            slug=free_slug(title),
            title=title,
            state=State.PREPARED.value,
            series=gathering.series,
            proposer=by,
            starts_at=begins,
            ends_at=ends,
            session=code,
            created_at=now,
            **{name: getattr(gathering, name) for name in COPIED},
        )
        _copy(gathering, row, by, now)
        note("made as the next", row, by, after=str(gathering.pk))
    return row


def _when(gathering: Gathering) -> tuple[datetime | None, datetime | None]:
    monthly = gathering.series is not None and gathering.series.kind == Series.MONTHLY
    if not monthly or gathering.starts_at is None:
        return None, None
    ends = gathering.ends_at or gathering.starts_at
    return following(gathering.starts_at, ends, gathering.zone)


def _made(gathering: Gathering, begins: datetime | None) -> Gathering | None:
    rows = Gathering.objects.filter(series=gathering.series).exclude(pk=gathering.pk)
    if begins is None:
        return rows.filter(title=_title(gathering)).first()
    return rows.filter(starts_at=begins).first()


def _title(gathering: Gathering) -> str:
    """Number those of a project; a monthly one keeps its title."""
    assert gathering.series is not None  # noqa: S101 - asked of one in a series
    if gathering.series.kind == Series.MONTHLY:
        return gathering.title
    found = NUMBERED.search(gathering.title)
    n = int(found[1]) if found else 1
    stem = NUMBERED.sub("", gathering.title)[: LONGEST - 8]
    return f"{stem} #{n + 1}"


def _copy(source: Gathering, row: Gathering, by: Person, now: datetime) -> None:
    before = preparation_of(source)
    Preparation.objects.create(gathering=row, parts=before.parts, notes=before.notes)
    _copy_seats(source, row)
    group = list(Organiser.objects.filter(gathering=source))
    people = {one.person_id: one.role for one in group} | {by.pk: ""}
    people |= {one.person_id: one.role for one in group}
    Organiser.objects.bulk_create(
        Organiser(gathering=row, person_id=person, role=role, since=now)
        for person, role in people.items()
    )
    Task.objects.bulk_create(
        Task(
            gathering=row,
            key=one.key,
            rank=one.rank,
            phase=one.phase,
            title=one.title,
            rule=one.rule,
            owner_id=one.owner_id,
        )
        for one in Task.objects.filter(gathering=source)
    )
    set_documented(row)


def _copy_seats(source: Gathering, row: Gathering) -> None:
    """Ask and offer the same again; dates, draws, and places that somebody hosts are not copied."""
    form = Form.objects.filter(gathering=source).first()
    if form is not None:
        Form.objects.create(gathering=row, **{name: getattr(form, name) for name in ASKED})
    Pool.objects.bulk_create(
        Pool(gathering=row, kind=one.kind, title=one.title, size=one.size)
        for one in source.pools.exclude(kind="antenna").order_by("id")
    )


def set_documented(row: Gathering) -> None:
    """Say when the documentation is owed, as the format has it; in the transaction of a date."""
    rule = preparation_of(row).parts.get("documented", "")
    Gathering.objects.filter(pk=row.pk).update(documented_by=due_of(rule, row))
    row.refresh_from_db(fields=["documented_by"])


def of_series(series: Series) -> Iterable[Gathering]:
    """Give the gatherings of a series, first to last; those without a date at the end."""
    rows = Gathering.objects.filter(series=series)
    return sorted(rows, key=lambda one: (one.starts_at is None, one.starts_at or one.created_at))
