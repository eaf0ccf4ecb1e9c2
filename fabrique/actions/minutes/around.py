"""What stands around a text: who was there and says so, what comes next, what is of its series."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from fabrique.actions import agenda
from fabrique.actions.history import note
from fabrique.actions.minutes.reading import last_editions
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.seat import Seat
from fabrique.store.models import Edition, Gathering, Minutes, Registration

SIBLINGS = 5


def name_me(pk: UUID, said: bool) -> None:  # noqa: FBT001 - yes or no is what is asked
    """Keep whether somebody may be named among those who were there."""
    with transaction.atomic():
        row = Registration.objects.select_for_update().get(pk=pk)
        row.named = said
        row.save(update_fields=["named"])
        note("registration.named", row, row.person, said=said)


def present(minutes: Minutes) -> tuple[str, ...]:
    """Name those who were checked in and said that they may be named; asked anew each time."""
    if minutes.gathering is None:
        return ()
    rows = Registration.objects.filter(
        gathering=minutes.gathering, state=Seat.ATTENDED.value, named=True
    )
    return tuple(sorted({name for name in rows.values_list("name", flat=True) if name}))


def following(minutes: Minutes, viewer: Viewer, now: datetime) -> Gathering | None:
    """Give the next gathering of the series, if whoever looks may see it."""
    series = minutes.of_series
    if series is None:
        return None
    rows = agenda.coming(agenda.visible(viewer).filter(series=series), now)
    found = agenda.seen(viewer, rows.filter(starts_at__gt=now)[:SIBLINGS])
    return found[0] if found else None


def siblings(minutes: Minutes, viewer: Viewer) -> list[Edition]:
    """Give the last texts of the same series that whoever looks may read."""
    series = minutes.of_series
    if series is None or not allowed(viewer, "series:see", series):
        return []
    own = Q(minutes__gathering__series=None, minutes__series=series)
    rows = last_editions(viewer).filter(own | Q(minutes__gathering__series=series))
    newest = F("minutes__gathering__starts_at").desc(nulls_last=True)
    rows = rows.exclude(minutes=minutes).order_by(newest, "-at")[:SIBLINGS]
    return [one for one in rows if allowed(viewer, "edition:read", one)]
