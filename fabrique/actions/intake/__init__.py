"""Take members in from a file: what it would change, keep it, take it back whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from fabrique.actions.history import note
from fabrique.actions.intake.taking import FILLED, Change, Taking
from fabrique.actions.intake.undoing import Undone, undo
from fabrique.actions.profile import make_cards
from fabrique.domain.text import Invalid, Text
from fabrique.importers.members import Members
from fabrique.store.models import Batch, Membership, Person

__all__ = ["Change", "Undone", "foresee", "keep", "undo"]

ALREADY = Text("This very file is in already, since {day}: take it back first, or change nothing.")
MEANWHILE = Text("Somebody changed the same people meanwhile: nothing was taken in. Try again.")


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
            make_cards(Taking(batch).take(changes))
            note("members.imported", batch, by=by, lines=len(changes))
    except IntegrityError:
        before = Batch.objects.filter(digest=digest, undone_at__isnull=True).first()
        if before is None:
            raise Invalid(MEANWHILE) from None
        day = {"day": f"{before.at:%d/%m/%Y}"}
        raise Invalid(Text(ALREADY.msgid, day)) from None
    return batch
