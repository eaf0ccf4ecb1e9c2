"""One's own agenda: items picked, items one has a part in, workshops one has a seat in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.policy import allowed
from fabrique.actions.policy.gatherings import tier_for
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.programme.releases import current
from fabrique.domain.gathering import State
from fabrique.domain.programme import Item as Moment
from fabrique.domain.programme import Programme, read
from fabrique.store.models import (
    Gathering,
    Item,
    Part,
    Person,
    Pick,
    ProgrammeVersion,
    Registration,
)

SEATED = ("confirmed", "attended")


class Mine(Struct, frozen=True):
    """An item that is somebody's, as it was last released: what a calendar needs of it."""

    uid: str
    sequence: int  # of the gathering: each release raises it
    title: str
    about: str
    gathering: Gathering
    room: str
    starts_at: datetime
    ends_at: datetime
    speaking: bool
    cancelled: bool
    address: str  # of the page of the programme; never a private link


def released(gathering: Gathering, viewer: Viewer) -> tuple[ProgrammeVersion, Programme] | None:
    """Give the last release as somebody may see it; none before the first."""
    version = current(gathering)
    return (version, seen(gathering, version, viewer)) if version else None


def seen(gathering: Gathering, version: ProgrammeVersion, viewer: Viewer) -> Programme:
    """Give of a release what is for somebody: all of it for the group and the team."""
    whole = read(version.content)
    if allowed(viewer, "programme:edit", gathering):
        return whole
    return whole.seen_by(tier_for(viewer, gathering))


@transaction.atomic
def pick(item: Item, person: Person, *, on: bool) -> None:
    """Keep an item in one's agenda, or take it out; twice is once."""
    if on:
        _, changed = Pick.objects.get_or_create(person=person, item=item)
    else:
        changed = Pick.objects.filter(person=person, item=item).delete()[0] > 0
    if changed:
        note("item.picked" if on else "item.unpicked", item, person)


def picked(gathering: Gathering, person: Person | None) -> frozenset[str]:
    """Give the ids of what somebody picked of a gathering."""
    if person is None:
        return frozenset()
    rows = Pick.objects.filter(person=person, item__gathering=gathering)
    return frozenset(str(one) for one in rows.values_list("item", flat=True))


def speaking(gathering: Gathering, person: Person | None) -> frozenset[str]:
    """Give the ids of the items of a gathering in which somebody has a part."""
    if person is None:
        return frozenset()
    rows = Part.objects.filter(speaker__person=person, item__gathering=gathering)
    return frozenset(str(one) for one in rows.values_list("item", flat=True))


def seated(gathering: Gathering, person: Person | None) -> frozenset[str]:
    """Give the ids of the items of a gathering in which somebody has a seat of its own."""
    if person is None:
        return frozenset()
    rows = Registration.objects.filter(
        gathering=gathering, person=person, state__in=SEATED, pool__items__isnull=False
    )
    return frozenset(str(one) for one in rows.values_list("pool__items", flat=True))


def items_of(person: Person, viewer: Viewer) -> list[Mine]:
    """Give all that is somebody's in released programmes, in order of time: for their one feed.

    What they may no longer see (their tier, a gathering withdrawn) is left out; the number of
    queries does not grow with what they picked.
    """
    own = _own(person)
    versions = Prefetch("versions", ProgrammeVersion.objects.order_by("-number"))
    rows = Gathering.objects.filter(pk__in={row["item__gathering"] for row in own})
    ids = {str(row["item"]): bool(row["speaking"]) for row in own}
    found: list[Mine] = []
    for gathering in rows.prefetch_related(versions):
        last = next(iter(gathering.versions.all()), None)
        if last is not None and allowed(viewer, "gathering:see", gathering):
            whole = seen(gathering, last, viewer)
            own_here = (one for one in whole.placed if one.id in ids)
            found += [_mine(one, whole, gathering, speaking=ids[one.id]) for one in own_here]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


def _own(person: Person) -> list[dict[str, Any]]:
    picks = Pick.objects.filter(person=person).values("item", "item__gathering")
    parts = Part.objects.filter(speaker__person=person).values("item", "item__gathering")
    seats = Registration.objects.filter(
        person=person, state__in=SEATED, pool__items__isnull=False
    ).values("pool__items", "gathering")
    return [
        *({**row, "speaking": False} for row in picks),
        *(
            {"item": r["pool__items"], "item__gathering": r["gathering"], "speaking": False}
            for r in seats
        ),
        *({**row, "speaking": True} for row in parts),  # last: it is what is said
    ]


def _mine(item: Moment, whole: Programme, gathering: Gathering, *, speaking: bool) -> Mine:
    return Mine(
        uid=f"item-{item.id}@fabrique",
        sequence=gathering.sequence,
        title=item.title,
        about=item.about,
        gathering=gathering,
        room=whole.room(item.room),
        starts_at=whole.local(item),
        ends_at=whole.ends(item),
        speaking=speaking,
        cancelled=gathering.state == State.CANCELLED,
        address=f"{settings.PUBLIC_URL}/g/{gathering.slug}/programme/#i-{item.id}",
    )
