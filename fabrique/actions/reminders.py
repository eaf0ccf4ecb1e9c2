"""Reminders before and after a gathering: planned a day ahead, planned again when it moves.

One that was missed is never sent late: `stale_at` says until when it may leave.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from fabrique.actions.outbox import put
from fabrique.actions.registration_letters import NOBODY, written
from fabrique.domain.gathering import State
from fabrique.domain.seat import SEATED, Seat
from fabrique.store.models import Dispatch, Gathering, Registration

USUAL = (-24 * 60, -60, 18 * 60)  # minutes from the start, or from the end where they are positive
AHEAD = timedelta(days=1)
STAYS = timedelta(hours=6)  # after its moment, how long a reminder may still leave…
FARTHEST = timedelta(days=60)  # either way
WAITING = ("draft", "released")


def plan(now: datetime) -> int:
    """Keep the reminders of the coming day in the outbox, as gatherings now stand; give how many.

    Run it every few minutes: it changes nothing where nothing changed.
    """
    near = Gathering.objects.filter(
        starts_at__gt=now - FARTHEST, starts_at__lt=now + FARTHEST, registrations__isnull=False
    )
    return sum(_plan(one, now) for one in near.select_related("form").distinct())


def _plan(gathering: Gathering, now: datetime) -> int:
    form = getattr(gathering, "form", None)
    offsets = (form.reminders if form else None) or USUAL
    return sum(_plan_one(gathering, minutes, now) for minutes in offsets)


def moment_of(gathering: Gathering, minutes: int) -> datetime:
    """Say when a reminder leaves: before the start, or after the end."""
    starts = gathering.starts_at
    assert starts is not None  # noqa: S101 - only dated gatherings are asked about
    anchor = starts if minutes < 0 else gathering.ends_at or starts
    return anchor + timedelta(minutes=minutes)


def stale(at: datetime, minutes: int) -> datetime:
    """Say after which moment it never leaves: …but before it begins, half of what is left."""
    return at + min(STAYS, timedelta(minutes=-minutes / 2) if minutes < 0 else STAYS)


@transaction.atomic
def _plan_one(gathering: Gathering, minutes: int, now: datetime) -> int:
    at = moment_of(gathering, minutes)
    rows = Dispatch.objects.select_for_update().filter(
        key__startswith=f"reminder:{gathering.pk}:{minutes}:", state__in=WAITING
    )
    planned = {row.key: row for row in rows}
    if gathering.state != State.PUBLISHED or not at - AHEAD <= now < stale(at, minutes):
        # It moved away, or is not to be: it will be planned again when its day comes.
        if gathering.state != State.PUBLISHED or now < at - AHEAD:
            rows.delete()
        return 0
    seated = {
        f"reminder:{gathering.pk}:{minutes}:{row.pk}": row for row in _to_remind(gathering, minutes)
    }
    rows.filter(key__in=planned.keys() - seated.keys()).delete()
    for key, row in seated.items():
        _put(key, row, gathering, minutes, planned.get(key), now)
    return len(seated)


def _to_remind(gathering: Gathering, minutes: int) -> list[Registration]:
    """Give who has a seat; afterwards, not those who were seen to be absent."""
    states = SEATED if minutes < 0 else SEATED - {Seat.NO_SHOW}
    rows = gathering.registrations.filter(
        state__in=sorted(states),
        main=True,
        queued_at__lt=moment_of(gathering, minutes),  # later, the confirmation has said it all
    )
    return list(rows.exclude(email__endswith=NOBODY).select_related("pool"))


def _put(
    key: str,
    row: Registration,
    gathering: Gathering,
    minutes: int,
    planned: Dispatch | None,
    now: datetime,
) -> None:
    at = moment_of(gathering, minutes)
    letter = written(row, gathering, "before" if minutes < 0 else "after")
    if planned is None:
        put(letter, key, now, released=True, due_at=at, stale_at=stale(at, minutes))
    elif (planned.due_at, planned.body) != (at, letter.body):
        planned.due_at, planned.stale_at = at, stale(at, minutes)
        planned.subject, planned.body = letter.subject, letter.body
        planned.save(update_fields=["due_at", "stale_at", "subject", "body"])
