"""A plan of workshops, read: what it was asked with, who is where, what was held when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fabrique.actions.compose.versions import plan_of
from fabrique.domain import assigned
from fabrique.domain.offering import Choosing, Held
from fabrique.domain.schema import read
from fabrique.store.models import Composition, CompositionVersion


def choosing_of(version: CompositionVersion) -> Choosing:
    """Read what a version was asked for with."""
    return read(version.wanted, Choosing)


def given_of(version: CompositionVersion | None) -> dict[str, dict[str, str | None]]:
    """Give who is where in a plan; raise `Invalid` where there is none."""
    found: dict[str, dict[str, str | None]] = plan_of(version)["assigned"]
    return found


def elsewhere(composition: Composition, version: CompositionVersion) -> dict[str, tuple[int, ...]]:
    """Give who would be elsewhere than now if a version were taken; workshops have no rounds."""
    if composition.current is None:
        return {}
    return dict.fromkeys(assigned.moved(given_of(composition.current), given_of(version)), ())


def held_of(version: CompositionVersion) -> tuple[Held, ...]:
    """Give the workshops of a plan, as it knew them, named and placed as the programme does now."""
    wanted = {one["item"]: one for one in plan_of(version)["held"]}
    rows = {str(one.pk): one for one in _items(version, wanted)}
    return tuple(
        Held(
            workshop=one["workshop"],
            item=item,
            title=rows[item].title if item in rows else "—",
            slot=one["slot"],
            places=one["places"],
            starts_at=rows[item].starts_at if item in rows else None,
            room=rows[item].room.title if item in rows and rows[item].room else "",
        )
        for item, one in wanted.items()
    )


def _items(version: CompositionVersion, ids: Iterable[str]) -> Iterable[Any]:
    items = version.composition.gathering.items
    return items.filter(pk__in=list(ids), dropped=False).select_related("room")
