"""Lines of the agenda: our gatherings and what others organise, in one order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse
from msgspec import Struct

from fabrique.actions.news import when_of
from fabrique.domain.gathering import State
from fabrique.domain.text import Text
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.when import Span
from fabrique.store.models import Gathering, Spotted

DAYS = 31  # of one thing in a month view


class Line(Struct, frozen=True, kw_only=True):
    """One thing of the agenda."""

    title: str
    address: str
    when: Span | None
    state: str = ""
    kind: str = ""
    mode: str = ""
    place: str = ""
    question: str = ""
    audience: Text | None = None
    reason: str = ""
    until_when: str = ""
    host: str = ""
    is_ours: bool = True


def ours(row: Gathering) -> Line:
    """Show a gathering; a date to keep has no venue yet."""
    audience = Tier(row.audience)
    return Line(
        title=row.title,
        address=reverse("gathering", args=[row.slug]),
        when=when_of(row),
        state=row.state,
        kind=row.format,
        mode=row.mode,
        place="" if row.state == State.ANNOUNCED else row.place,
        question=row.question,
        audience=None if audience is Tier.GUEST else NAMES[audience],
        reason=row.reason,
        until_when=row.until_when,
    )


def theirs(row: Spotted) -> Line:
    """Show an event of others."""
    return Line(
        title=row.title,
        address=row.url,
        when=row.when,
        place=row.place,
        question=row.why,
        host=row.host,
        is_ours=False,
    )


def lines(rows: Iterable[Gathering], others: Iterable[Spotted] = ()) -> list[Line]:
    """Put them in one order, soonest first."""
    found = [*map(ours, rows), *map(theirs, others)]
    dated = sorted(filter(_moment, found), key=_moment)
    return [*dated, *(line for line in found if line.when is None)]


def _moment(line: Line) -> float:
    return line.when.starts_at.timestamp() if line.when else 0.0


def by_month(found: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """Put lines under the first day of their month."""
    dated = [line for line in found if line.when is not None]
    groups = groupby(dated, key=lambda line: line.when.first.replace(day=1))  # type: ignore[union-attr]
    return [(month, list(some)) for month, some in groups]


def by_day(found: Iterable[Line]) -> dict[date, list[Line]]:
    """Put lines under each day they cover."""
    days: dict[date, list[Line]] = {}
    for line in found:
        if line.when is None:
            continue
        length = min(DAYS, (line.when.last - line.when.first).days)
        for n in range(length + 1):
            days.setdefault(line.when.first + timedelta(days=n), []).append(line)
    return days
