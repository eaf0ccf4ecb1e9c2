"""Taking back the last move on the grid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from fabrique.actions.history import note
from fabrique.actions.programme.draft import Place, hold, place_of
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Item, Move, Person, Room


def last_move(gathering: Gathering, by: Person) -> Move | None:
    """Give the last move that somebody made and has not taken back."""
    rows = Move.objects.filter(gathering=gathering, by=by, undone=False, item__dropped=False)
    return rows.select_related("item").order_by("-id").first()


@transaction.atomic
def undo(gathering: Gathering, by: Person) -> Item:
    """Take one's last move back; raise `Invalid` where there is none, or somebody moved it since.

    It is one's own move that goes back, not another's: two may work on the same grid.
    """
    hold(gathering)
    move = last_move(gathering, by)
    if move is None:
        raise Invalid(Text("There is nothing to take back."))
    move.undone = True
    move.save(update_fields=["undone"])
    item = move.item
    if place_of(item) != _read(move.after):
        raise Invalid(
            Text("“{title}” was moved by somebody else since: it stays.", {"title": item.title})
        )
    back = _read(move.before)
    room = (
        back.room if Room.objects.filter(pk=back.room or 0, gathering=gathering).exists() else None
    )
    item.starts_at, item.room_id, item.minutes = back.starts_at, room, back.minutes
    item.save(update_fields=["starts_at", "room", "minutes"])
    note("item.undone", item, by, before=move.after, after=move.before)
    return item


def _read(kept: dict[str, Any]) -> Place:
    at = kept["starts_at"]
    return Place(datetime.fromisoformat(at) if at else None, kept["room"], kept["minutes"])
