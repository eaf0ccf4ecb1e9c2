"""The editions of a text, as those who read it and those who write it may know them.

Whoever writes sees what each edition changed, word for word. A reader sees what came with the
edition they read, and how much went: never the words that went. Somebody took them out, and did not
give them to these readers a second time.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from fabrique.actions.minutes.publish import read
from fabrique.actions.minutes.reading import edition_of
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.difference import Difference, State, difference
from fabrique.store.models import Edition


class Known(Struct, frozen=True):
    """An edition as somebody may know it: withdrawn or not theirs, only its number stays."""

    number: int
    at: datetime | None = None
    note: str = ""
    withdrawn: bool = False
    redacted: bool = False
    compared: bool = False  # whether its difference with the one before may be seen


class Compared(Struct, frozen=True):
    """Two editions of a text, and what changed; `whole` where the words that went are shown too."""

    before: Edition
    after: Edition
    told: Difference
    gone: int
    whole: bool


def known(edition: Edition, viewer: Viewer) -> list[Known]:
    """Give every edition of a text, the last first, as far as whoever looks may know it."""
    rows = list(edition.minutes.editions.select_related("minutes__gathering").order_by("-number"))
    return [_known(row, edition, rows, viewer) for row in rows]


def _known(row: Edition, last: Edition, rows: list[Edition], viewer: Viewer) -> Known:
    if not allowed(viewer, "edition:read", row):
        return Known(row.number, withdrawn=row.withdrawn_at is not None)
    return Known(
        row.number,
        row.at,
        row.note,
        row.withdrawn_at is not None,
        row.redacted_at is not None,
        compared=_pair(row, last, rows, viewer) is not None,
    )


def compared(slug: str, number: int, viewer: Viewer) -> Compared | None:
    """Compare an edition with the one before; None where whoever looks may not."""
    last = edition_of(slug, viewer)
    if last is None:
        return None
    rows = list(last.minutes.editions.select_related("minutes__gathering"))
    after = next((row for row in rows if row.number == number), None)
    before = _pair(after, last, rows, viewer) if after else None
    if after is None or before is None:
        return None
    told = difference(read(before), read(after))
    whole = allowed(viewer, "minutes:write", after.minutes)
    shown = told if whole else told.without_gone()
    return Compared(before, after, shown, told.count(State.REMOVED), whole)


def _pair(row: Edition, last: Edition, rows: list[Edition], viewer: Viewer) -> Edition | None:
    """Give the edition that one may be compared with: for readers, the last with what they read."""
    before = next((one for one in rows if one.number == row.number - 1), None)
    if before is None or allowed(viewer, "minutes:write", row.minutes):
        return before
    theirs = row.pk == last.pk and allowed(viewer, "edition:read", row)
    return before if theirs and allowed(viewer, "edition:read", before) else None
