"""On the day: who does not come, who comes without being in the plan; a repair is proposed."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from fabrique.actions.compose.ask import Fresh, ask, wanted_of
from fabrique.actions.compose.versions import rounds_of
from fabrique.domain import encounters
from fabrique.domain.fold_text import bare
from fabrique.domain.seat import Seat
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Composition, CompositionVersion, Person, Registration

NOTHING = Text("Everybody in the plan is here, and nobody else: there is nothing to repair.")
GONE = frozenset({Seat.CANCELLED, Seat.NO_SHOW, Seat.DECLINED, Seat.EXPIRED})


class Presence(Struct, frozen=True):
    """Who of the plan is not here, who is here and not in the plan; names by registration."""

    absent: dict[str, str]
    awaited: dict[str, str]  # in the plan, not seen yet, and not said to be absent
    late: dict[str, str]

    @property
    def differs(self) -> bool:
        """Whether the plan and the room are not the same."""
        return bool(self.absent or self.late or self.awaited)


def presence(composition: Composition) -> Presence:
    """Compare the plan that holds with what the door knows."""
    planned = encounters.people(rounds_of(composition.current))
    rows = {str(row.pk): row for row in composition.gathering.registrations.filter(main=True)}
    pools = wanted_of(composition.current).pools if composition.current else ()
    absent = {one: _name(rows.get(one)) for one in planned if _gone(rows.get(one))}
    awaited = {
        one: rows[one].name
        for one in planned - set(absent)
        if rows[one].state == Seat.CONFIRMED.value
    }
    late = {
        one: row.name
        for one, row in rows.items()
        if row.state == Seat.ATTENDED.value
        and one not in planned
        and (not pools or row.pool_id in pools)
    }
    return Presence(_ordered(absent), _ordered(awaited), _ordered(late))


def repair(
    composition: Composition,
    absent: frozenset[str],
    late: frozenset[str],
    by: Person,
    now: datetime,
) -> CompositionVersion:
    """Ask for a plan without the absent and with the late; raise `Invalid`.

    Rounds that were played stay. What comes of it is taken by a person who has read who moves.
    """
    current = composition.current
    planned = encounters.people(rounds_of(current))
    assert current is not None  # noqa: S101 - it has rounds
    found = presence(composition)
    absent &= planned
    late &= found.late.keys()
    if not absent and not late:
        raise Invalid(NOTHING)
    fresh = Fresh("repaired", current, tuple(sorted(absent)), tuple(sorted(late)), current.seed)
    return ask(composition, wanted_of(current), by, now, fresh)


def _gone(row: Registration | None) -> bool:
    return row is None or row.state in GONE


def _name(row: Registration | None) -> str:
    return row.name if row and row.name else "—"


def _ordered(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda one: (bare(one[1]), one[0])))
