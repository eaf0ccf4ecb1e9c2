"""A composition is asked for, computed by the worker, given up; a plan is never written over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max, Q
from msgspec import Struct

from fabrique.actions.compose.people import concerned, of
from fabrique.actions.history import note
from fabrique.domain.composing import Wanted, check_wanted
from fabrique.domain.offering import Choosing
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Composition, CompositionVersion, Gathering, Person

LEASE = timedelta(minutes=2)
BUSY = ("waiting", "working")
ALREADY = Text("A plan is being computed: wait for it, or give it up.")
UNTITLED = Text("What are these groups called?")


class Fresh(Struct, frozen=True):
    """What a new version starts from."""

    why: str = "asked"
    before: CompositionVersion | None = None
    absent: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    seed: int = 1


@transaction.atomic
def begin(
    gathering: Gathering, title: str, wanted: Wanted, by: Person, now: datetime
) -> Composition:
    """Begin a composition and ask for its first plan; raise `Invalid` for a contradiction."""
    title = " ".join(title.split())[:200]
    if not title:
        raise Invalid(UNTITLED, "title")
    check_wanted(wanted, concerned(gathering, wanted).names)
    made = Composition.objects.create(gathering=gathering, title=title, by=by, created_at=now)
    note("composition.begun", gathering, by, title=title)
    ask(made, wanted, by, now)
    return made


def ask(
    composition: Composition, wanted: Wanted, by: Person, now: datetime, fresh: Fresh | None = None
) -> CompositionVersion:
    """Ask for another plan of tables; raise `Invalid` for a contradiction, or while one is made."""
    fresh = fresh or Fresh()
    names = (
        of(composition.gathering, _sitting(fresh)).names
        if fresh.why == "repaired"
        else concerned(composition.gathering, wanted).names
    )
    check_wanted(wanted, names)
    return enqueue(composition, wanted, by, now, fresh)


@transaction.atomic
def enqueue(
    composition: Composition,
    wanted: Wanted | Choosing,
    by: Person,
    now: datetime,
    fresh: Fresh,
) -> CompositionVersion:
    """Have the worker compute what was checked; raise `Invalid` while it computes another plan."""
    Composition.objects.select_for_update().get(pk=composition.pk)
    if composition.versions.filter(state__in=BUSY).exists():
        raise Invalid(ALREADY)
    return add(composition, wanted, by, now, fresh, state="waiting")


def add(
    composition: Composition,
    wanted: Wanted | Choosing,
    by: Person | None,
    now: datetime,
    fresh: Fresh,
    **values: Any,
) -> CompositionVersion:
    """Number a version; the composition is held by whoever calls."""
    last = composition.versions.aggregate(last=Max("number"))["last"] or 0
    return CompositionVersion.objects.create(
        composition=composition,
        number=last + 1,
        why=fresh.why,
        wanted=msgspec.to_builtins(wanted),
        before=fresh.before,
        played=composition.played,
        absent=list(fresh.absent),
        late=list(fresh.late),
        seed=fresh.seed,
        by=by,
        at=now,
        **values,
    )


def _sitting(fresh: Fresh) -> set[str]:
    """Give who sits somewhere once a plan is repaired."""
    rounds = fresh.before.plan["rounds"] if fresh.before and fresh.before.plan else []
    before = {who for row in rounds for table in row for who in table}
    return (before - set(fresh.absent)) | set(fresh.late)


def wanted_of(version: CompositionVersion) -> Wanted:
    """Read what was asked of tables."""
    return read(version.wanted, Wanted)


@transaction.atomic
def give_up(composition: Composition, by: Person) -> None:
    """Have it stopped: what comes back after that is not kept."""
    rows = composition.versions.filter(state__in=BUSY)
    if rows.update(state="stopped", claimed_until=None):
        note("composition.given-up", composition.gathering, by, title=composition.title)


def claim(now: datetime) -> CompositionVersion | None:
    """Take the next one, for whoever computes now; None where none waits."""
    free = Q(state="waiting") | Q(state="working", claimed_until__lt=now)
    row = CompositionVersion.objects.filter(free).order_by("at", "pk").first()
    held = {"state": "working", "claimed_until": now + LEASE}
    if row is None or not CompositionVersion.objects.filter(free, pk=row.pk).update(**held):
        return None
    return CompositionVersion.objects.select_related("composition__gathering", "before").get(
        pk=row.pk
    )


def tell(version: CompositionVersion, share: float, now: datetime) -> bool:
    """Say how far the work is; say whether it is still awaited."""
    rows = CompositionVersion.objects.filter(pk=version.pk, state="working")
    return bool(rows.update(share=share, claimed_until=now + LEASE))


@transaction.atomic
def done(version: CompositionVersion, plan: Mapping[str, Any], told: Iterable[Text]) -> bool:
    """Keep what was computed, where it is still awaited.

    The first plan holds at once; a repair waits until somebody has read who moves.
    """
    rows = CompositionVersion.objects.filter(pk=version.pk, state="working")
    if not rows.update(state="done", share=1, claimed_until=None, plan=plan, told=_kept(told)):
        return False
    if version.why == "asked":
        Composition.objects.filter(pk=version.composition_id, played=0).update(current=version.pk)
    return True


def broke(version: CompositionVersion, why: Text, state: str = "stopped") -> None:
    """Say that nothing came of it, and why: “stopped”, or “impossible”."""
    rows = CompositionVersion.objects.filter(pk=version.pk, state="working")
    rows.update(state=state, claimed_until=None, told=_kept([why]))


def _kept(told: Iterable[Text]) -> list[Any]:
    return [msgspec.to_builtins(one) for one in told]


def told_of(version: CompositionVersion, names: Mapping[str, str] | None = None) -> list[Text]:
    """Give what whoever composes should know of it; registrations are said by `names`."""
    return [_said(one, names or {}) for one in version.told]


def _said(kept: Mapping[str, Any], names: Mapping[str, str]) -> Text:
    """Read a sentence as it was kept; sentences may stand within it."""
    params = {
        name: _said(value, names) if isinstance(value, dict) else names.get(value, value)
        for name, value in kept.get("params", {}).items()
    }
    return Text(kept["msgid"], params, kept.get("plural"))
