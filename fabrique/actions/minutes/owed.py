"""What each gathering owes: its documentation, by a day, or a word that says why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.debts import FURTHEST, OVER, Trace
from fabrique.domain.gathering import State
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import (
    Dispatch,
    Documentation,
    Edition,
    Gathering,
    Minutes,
    Organiser,
    Person,
)

USUAL = timedelta(days=15)  # after its end, where neither its format nor the team says
HELD = (State.ANNOUNCED.value, State.PUBLISHED.value)  # of what took place
LONGEST = 500
WHY = Text("Say why in a sentence: others will look for what remains of it.")


class Debt(Struct, frozen=True):
    """What a gathering owes, and how far it is."""

    gathering: Gathering
    due: date
    trace: Trace
    minutes: Minutes | None
    documentation: Documentation | None

    @property
    def over(self) -> bool:
        """Whether nothing is owed any more."""
        return self.trace in OVER

    def late(self, today: date) -> bool:
        """Whether its day went by."""
        return not self.over and self.due < today


def held(viewer: Viewer, now: datetime) -> QuerySet[Gathering]:
    """Give the gatherings that took place: all to the team, their own to those who organise."""
    rows = took_place(now)
    if viewer.is_staff:
        return rows
    if viewer.person is None:
        return rows.none()
    own = Q(organisers__person=viewer.person) | Q(proposer=viewer.person)
    return rows.filter(own).distinct()


def took_place(now: datetime) -> QuerySet[Gathering]:
    """Give all that are over, with what tells how far their documentation is."""
    ended = Q(ends_at__lte=now) | Q(ends_at=None, starts_at__lte=now)
    standing = Edition.objects.filter(withdrawn_at=None)
    texts = Minutes.objects.prefetch_related(Prefetch("editions", standing, to_attr="standing"))
    rows = Gathering.objects.filter(ended, state__in=HELD).select_related("documentation")
    group = Organiser.objects.select_related("person").order_by("since")
    return rows.prefetch_related(
        Prefetch("minutes", texts), Prefetch("organisers", group, to_attr="group")
    )


def debts(rows: Iterable[Gathering]) -> list[Debt]:
    """Say what each owes, what is due first at the top."""
    return sorted((debt(one) for one in rows), key=lambda one: (one.due, one.gathering.title))


def debt(row: Gathering) -> Debt:
    """Say what one owes; `took_place` brings what this reads."""
    said: Documentation | None = getattr(row, "documentation", None)
    texts = [(_trace(one), one) for one in row.minutes.all()]
    trace, minutes = min(
        texts, key=lambda one: FURTHEST.index(one[0]), default=(Trace.NOTHING, None)
    )
    if said and said.excuse and trace is not Trace.PUBLISHED:
        trace = Trace.EXCUSED
    return Debt(row, due_of(row, said), trace, minutes, said)


def due_of(row: Gathering, said: Documentation | None) -> date:
    """Give the day by which it is owed: by hand, by its format, or as usual."""
    if said and said.due:
        return said.due
    if row.documented_by:
        return row.documented_by
    ended = row.ends_at or row.starts_at
    assert ended is not None  # noqa: S101 - only what took place is asked about
    return ended.astimezone(ZoneInfo(row.zone)).date() + USUAL


def _trace(minutes: Minutes) -> Trace:
    return Trace.PUBLISHED if minutes.standing else Trace(minutes.stage)  # type: ignore[attr-defined]


@transaction.atomic
def excuse(row: Gathering, word: str, by: Person, now: datetime) -> None:
    """Say why it leaves no trace; raise `Invalid` without a word."""
    why = " ".join(word.split())[:LONGEST]
    if not why:
        raise Invalid(WHY, "word")
    _say(row, by, now, excuse=why)
    note("documentation.excused", row, by, reason=why)


@transaction.atomic
def owe_again(row: Gathering, by: Person, now: datetime) -> None:
    """Take the excuse back."""
    _say(row, by, now, excuse="")
    note("documentation.owed", row, by)


@transaction.atomic
def put_off(row: Gathering, due: date | None, by: Person, now: datetime) -> None:
    """Choose the day by hand; none, and it follows the format again."""
    _say(row, by, now, due=due)
    note("documentation.moved", row, by, due=str(due or ""))


def key_of(row: Gathering) -> str:
    """Begin the keys of the reminders of a gathering."""
    return f"owed:{row.pk}:"


def hush(row: Gathering) -> None:
    """Take out the reminders that wait: they would no longer be true."""
    Dispatch.objects.filter(key__startswith=key_of(row), state__in=("draft", "released")).delete()


def _say(row: Gathering, by: Person, now: datetime, **values: object) -> None:
    fresh = {**values, "by": by, "at": now}
    hush(row)
    Documentation.objects.update_or_create(gathering=row, defaults=fresh)
