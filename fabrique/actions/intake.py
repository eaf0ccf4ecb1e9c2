"""Take members in from a file: what it would change, keep it, take it back whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.profile import make_cards, structure_named
from fabrique.domain.text import Invalid, Text
from fabrique.importers.members import Member, Members
from fabrique.store.models import Batch, Membership, Person, Structure, Taken

ALREADY = Text("This very file is in already, since {day}: take it back first, or change nothing.")
MEANWHILE = Text("Somebody changed the same people meanwhile: nothing was taken in. Try again.")
FILLED = ("name", "trade", "territory")  # what a file fills where the account says nothing


class Change(Struct, frozen=True):
    """What one line would do."""

    member: Member
    is_new: bool  # the person
    fills: tuple[str, ...]  # what the account did not say
    joins: bool  # a period that was not here
    pays: bool  # a period that was here and becomes paid


class Undone(Struct, frozen=True):
    """What taking a batch back did, and what stays because somebody has used it since."""

    gone: int
    back: int
    stays: int


def foresee(read: Members) -> list[Change]:
    """Say what each line would do; changes nothing, in a number of questions that does not grow."""
    emails = {one.email for one in read.members}
    people = {one.email: one for one in _people(emails)}
    periods = {_period(row): row for row in _memberships(emails)}
    seen: set[str] = set()
    changes = []
    for one in read.members:
        known = people.get(one.email)
        held = periods.get((one.email, one.starts_on, one.ends_on))
        is_new = known is None and one.email not in seen
        seen.add(one.email)
        fills = tuple(n for n in FILLED if known and getattr(one, n) and not getattr(known, n))
        if known and one.structure and known.structure_id is None:
            fills = (*fills, "structure")
        pays = held is not None and one.paid and not held.paid
        changes.append(Change(one, is_new, fills, held is None, pays))
    return changes


def _people(emails: Iterable[str]) -> Iterable[Person]:
    wanted = sorted(emails)
    for start in range(0, len(wanted), 500):  # a query holds so many values
        yield from Person.objects.filter(email__in=wanted[start : start + 500])


def _memberships(emails: Iterable[str]) -> Iterable[Membership]:
    wanted = sorted(emails)
    for start in range(0, len(wanted), 500):
        among = Membership.objects.filter(person__email__in=wanted[start : start + 500])
        yield from among.select_related("person")


def _period(row: Membership) -> tuple[str, date, date | None]:
    email = row.person.email if row.person else ""
    return email, row.starts_on, row.ends_on


def keep(content: bytes, read: Members, by: Person, now: datetime) -> Batch:
    """Take it in whole, or not at all; raise `Invalid` where the same file is in already."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            batch = Batch.objects.create(origin=read.origin, digest=digest, by=by, at=now)
            changes = foresee(read)  # now that nobody else writes
            touched = {one.pk: one for one in _kept(batch, changes)}
            make_cards(touched.values())
            note("members.imported", batch, by=by, lines=len(changes))
    except IntegrityError:
        before = Batch.objects.filter(digest=digest, undone_at__isnull=True).first()
        if before is None:
            raise Invalid(MEANWHILE) from None
        day = {"day": f"{before.at:%d/%m/%Y}"}
        raise Invalid(Text(ALREADY.msgid, day)) from None
    return batch


def _kept(batch: Batch, changes: list[Change]) -> list[Person]:
    people = {one.email: one for one in _people({change.member.email for change in changes})}
    structures: dict[str, Structure] = {}
    touched = []
    for change in changes:
        one = change.member
        person = people.get(one.email)
        if person is None:
            person = people[one.email] = _new(batch, one, structures)
        elif change.fills:
            _fill(batch, person, change, structures)
            touched.append(person)
        if change.joins:
            _join(batch, person, one)
        elif change.pays:
            _pay(batch, person, one)
    return touched


def _new(batch: Batch, one: Member, structures: dict[str, Structure]) -> Person:
    fields = {"name": one.name, "trade": one.trade, "territory": one.territory}
    structure = _structure(batch, one, structures)
    person = Person.objects.create_user(one.email, structure=structure, **fields)
    after = {**fields, "structure": structure.pk if structure else None}
    _note(batch, "person", person.pk, person, None, after)
    return person


def _structure(batch: Batch, one: Member, structures: dict[str, Structure]) -> Structure | None:
    if not one.structure:
        return None
    if one.structure not in structures:
        newest = Structure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        found = structure_named(one.structure)
        if found is None:
            return None
        structures[one.structure] = found
        if found.pk > newest:
            _note(batch, "structure", found.pk, None, None, {"name": found.name})
    return structures[one.structure]


def _fill(batch: Batch, person: Person, change: Change, structures: dict[str, Structure]) -> None:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in change.fills:
        column = "structure_id" if name == "structure" else name
        value: Any = getattr(change.member, name)
        if name == "structure":
            structure = _structure(batch, change.member, structures)
            value = structure.pk if structure else None
        before[column], after[column] = getattr(person, column), value
        setattr(person, column, value)
    person.save(update_fields=list(after))
    _note(batch, "person", person.pk, person, before, after)


def _join(batch: Batch, person: Person, one: Member) -> None:
    days = {"starts_on": one.starts_on, "ends_on": one.ends_on, "paid": one.paid}
    row = Membership.objects.create(person=person, source=f"{batch.origin} {batch.pk}", **days)
    ends_on = one.ends_on.isoformat() if one.ends_on else None
    _note(batch, "membership", row.pk, person, None, {"paid": one.paid, "ends_on": ends_on})


def _pay(batch: Batch, person: Person, one: Member) -> None:
    held = Membership.objects.filter(
        person=person, starts_on=one.starts_on, ends_on=one.ends_on, paid=False
    )
    for row in held:
        row.paid = True
        row.save(update_fields=["paid"])
        _note(batch, "membership", row.pk, person, {"paid": False}, {"paid": True})


def _note(
    batch: Batch, what: str, row: Any, person: Person | None, before: Any, after: Any
) -> None:
    Taken.objects.create(
        batch=batch, what=what, row=str(row), person=person, before=before, after=after
    )


MODELS: dict[str, Any] = {"person": Person, "membership": Membership, "structure": Structure}


def undo(batch: Batch, by: Person, now: datetime) -> Undone:
    """Take a batch back: what it made goes, what it changed is as before; once.

    What somebody has changed or used since stays: an account that was signed in with, a
    membership that was ended.
    """
    gone = back = stays = 0
    touched: list[Person] = []
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, undone_at__isnull=True).update(undone_at=now):
            raise Invalid(Text("This import was taken back already."))
        for one in batch.taken.order_by("-id"):
            row = MODELS[one.what].objects.filter(pk=one.row).first()
            if row is None:
                continue
            if not _as_left(one, row):
                stays += 1
            elif one.before is None:
                row.delete()
                gone += 1
            else:
                for name, value in one.before.items():
                    setattr(row, name, value)
                row.save(update_fields=list(one.before))
                touched += [row] if isinstance(row, Person) else []
                back += 1
        make_cards(touched)
        note("members.undone", batch, by=by, gone=gone, back=back, stays=stays)
    return Undone(gone, back, stays)


def _as_left(one: Taken, row: Any) -> bool:
    """Say whether a row is as the import left it, and nothing hangs on it."""
    own = {"structure": "structure_id"} if one.what == "person" and one.before is None else {}
    same = all(_plain(row, own.get(name, name)) == value for name, value in one.after.items())
    if not same or one.before is not None:
        return same
    if isinstance(row, Person):
        used = row.last_login or row.profile_at or row.memberships.exists()
        used = used or row.mandates.exists() or row.registrations.exists()
        used = used or row.groups.exists() or row.organises.exists()
        return not (used or row.represents.exists())
    if isinstance(row, Structure):
        used = row.people.exists() or row.memberships.exists()
        return not (used or row.representative_id)
    return True


def _plain(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, date) else value
