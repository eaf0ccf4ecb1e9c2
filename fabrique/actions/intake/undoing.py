"""Take a batch back: what it made goes, what it changed is as before, what was used since stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.library import shelf
from fabrique.actions.profile import make_cards
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import (
    Batch,
    Comment,
    GroupMember,
    Mandate,
    Membership,
    Minutes,
    Organiser,
    Person,
    Rating,
    Registration,
    Resource,
    ResourceFile,
    Structure,
    Taken,
    Theme,
)

BY = 500  # rows of one statement
MODELS: dict[str, Any] = {
    "membership": Membership,
    "person": Person,
    "structure": Structure,
    "resource": Resource,
    "theme": Theme,
}
USES: tuple[Any, ...] = (Membership, Mandate, Registration, GroupMember, Organiser)


class Undone(Struct, frozen=True):
    """What taking a batch back did, and what stays because somebody has used it since."""

    gone: int
    back: int
    stays: int


def undo(batch: Batch, by: Person, now: datetime, *, changed: bool = False) -> Undone:
    """Take a batch back, once; raise `Invalid` where it was already.

    What somebody changed or used since stays, unless the `changed` articles are to go too.
    """
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, undone_at__isnull=True).update(undone_at=now):
            raise Invalid(Text("This import was taken back already."))
        taken = list(batch.taken.order_by("-id"))
        done = []
        for what in MODELS:
            own = [one for one in taken if one.what == what]
            done.append(_undone(what, own, all_of_it=changed and what == "resource"))
        made = [one for one, what in zip(done, MODELS, strict=True) if what != "theme"]
        total = Undone(*(sum(figures) for figures in zip(*map(_figures, made), strict=True)))
        figures = dict(zip(FIGURES, _figures(total), strict=True))
        articles = batch.origin == WORDPRESS
        note("articles.undone" if articles else "members.undone", batch, by=by, **figures)
    return total


def changed_since(batch: Batch) -> list[Resource]:
    """Give the articles of a batch that somebody changed or used since: they stay."""
    taken = list(batch.taken.filter(what="resource"))
    rows = {str(row.pk): row for part in _parts(taken) for row in _rows(Resource, part)}
    here = [one for one in taken if one.row in rows]
    used = _used("resource", {one.row for one in here})
    return [rows[one.row] for one in here if one.row in used or not _same(one, rows[one.row])]


WORDPRESS = "wordpress"
FIGURES = ("gone", "back", "stays")


def _figures(one: Undone) -> tuple[int, int, int]:
    return one.gone, one.back, one.stays


def _undone(what: str, taken: list[Taken], *, all_of_it: bool) -> Undone:
    """Take back the rows of one table: those that hang on others come before those."""
    model = MODELS[what]
    rows = {str(row.pk): row for part in _parts(taken) for row in _rows(model, part)}
    here = [one for one in taken if one.row in rows]
    as_left = [one for one in here if all_of_it or _same(one, rows[one.row])]
    used = set() if all_of_it else _used(what, {one.row for one in as_left if one.before is None})
    gone = [one.row for one in as_left if one.before is None and one.row not in used]
    back = [one for one in as_left if one.before is not None]
    for part in _parts(gone):
        if what == "resource":
            shelf.take(*(rows[one] for one in part))
        model.objects.filter(pk__in=part).delete()
    for one in back:
        _restore(one, rows[one.row])
    if what == "person":
        make_cards(rows[one.row] for one in back)
    return Undone(len(gone), len(back), len(here) - len(gone) - len(back))


def _rows(model: Any, part: list[Taken]) -> list[Any]:
    return list(model.objects.filter(pk__in=[one.row for one in part]))


def _parts(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), BY):
        yield items[start : start + BY]


def _same(one: Taken, row: Any) -> bool:
    """Say whether a row says what the import left in it."""
    return all(_plain(getattr(row, name)) == value for name, value in one.after.items())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _restore(one: Taken, row: Any) -> None:
    before: dict[str, Any] = one.before or {}
    for name, value in before.items():
        setattr(row, name, value)
    row.save(update_fields=list(before))


def _used(what: str, ids: set[str]) -> set[str]:
    """Give the rows on which something hangs that the import did not bring."""
    found: set[str] = set()
    for part in _parts(sorted(ids)):
        if what == "person":
            found |= _ids(Person.objects.filter(pk__in=part, last_login__isnull=False), "pk")
            found |= _ids(Person.objects.filter(pk__in=part, profile_at__isnull=False), "pk")
            found |= _ids(Structure.objects.filter(representative__in=part), "representative")
            for model in USES:
                found |= _ids(model.objects.filter(person__in=part), "person")
        elif what == "structure":
            found |= _ids(Person.objects.filter(structure__in=part), "structure")
            found |= _ids(Membership.objects.filter(structure__in=part), "structure")
            stood_for = Structure.objects.filter(pk__in=part, representative__isnull=False)
            found |= _ids(stood_for, "pk")
        elif what == "resource":
            for model in (ResourceFile, Comment, Rating):
                found |= _ids(model.objects.filter(resource__in=part), "resource")
        elif what == "theme":
            found |= _ids(Resource.themes.through.objects.filter(theme__in=part), "theme")
            found |= _ids(Minutes.themes.through.objects.filter(theme__in=part), "theme")
    return found


def _ids(rows: Any, name: str) -> set[str]:
    return {str(one) for one in rows.values_list(name, flat=True)}
