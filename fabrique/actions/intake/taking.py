"""Take lines in: rows are written by the hundred, for whoever else writes waits meanwhile."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from fabrique.actions.profile import structure_named
from fabrique.importers.members import Member
from fabrique.store.models import Batch, Membership, Person, Structure, Taken

FILLED = ("name", "trade", "territory")  # what a file fills where the account says nothing
BY = 500  # rows of one statement


class Change(Struct, frozen=True):
    """What one line would do."""

    member: Member
    is_new: bool  # the person
    fills: tuple[str, ...]  # what the account did not say
    joins: bool  # a period that was not here
    pays: bool  # a period that was here and becomes paid


class Taking:
    """One batch on its way in, and what is to be remembered to take it back."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._people: dict[str, Person] = {}
        self._structures: dict[str, Structure] = {}
        self._taken: list[Taken] = []

    def take(self, changes: list[Change]) -> list[Person]:
        """Write what the lines say; give the people whose profile was completed."""
        self._know({change.member.email for change in changes})
        self._house({one.member.structure for one in changes if one.is_new or one.fills})
        made = [self._made(change.member) for change in changes if change.is_new]
        Person.objects.bulk_create(made, BY)
        touched = {one.pk: one for one in map(self._fill, changes) if one is not None}
        rows = [self._period(change.member) for change in changes if change.joins]
        for row in Membership.objects.bulk_create(rows, BY):
            ends_on = row.ends_on.isoformat() if row.ends_on else None
            self._note("membership", row.pk, row.person, None, paid=row.paid, ends_on=ends_on)
        for change in changes:
            if change.pays:
                self._pay(change.member)
        Taken.objects.bulk_create(self._taken, BY)
        return list(touched.values())

    def _know(self, emails: set[str]) -> None:
        wanted = sorted(emails)
        for start in range(0, len(wanted), BY):
            for one in Person.objects.filter(email__in=wanted[start : start + BY]):
                self._people[one.email] = one

    def _house(self, names: set[str]) -> None:
        """Find the structures that are named, or make them."""
        known = set(Structure.objects.values_list("pk", flat=True))
        for name in sorted(filter(None, names)):
            found = structure_named(name)
            if found is None:
                continue
            self._structures[name] = found
            if found.pk not in known:
                known.add(found.pk)
                self._note("structure", found.pk, None, None, name=found.name)

    def _made(self, one: Member) -> Person:
        fields = {name: getattr(one, name) for name in FILLED}
        structure = self._structures.get(one.structure)
        person = Person(email=one.email, structure=structure, **fields)
        person.set_unusable_password()
        self._people[one.email] = person
        after = {**fields, "structure_id": structure.pk if structure else None}
        self._note("person", person.pk, person, None, **after)
        return person

    def _fill(self, change: Change) -> Person | None:
        """Complete an account with what it does not say."""
        person = self._people[change.member.email]
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name in change.fills:
            column, value = name, getattr(change.member, name)
            if name == "structure":
                found = self._structures.get(value)
                column, value = "structure_id", found.pk if found else None
            held = getattr(person, column)
            if value and not held:  # a line before may have said it
                before[column], after[column] = held, value
                setattr(person, column, value)
        if not after:
            return None
        person.save(update_fields=list(after))
        self._note("person", person.pk, person, before, **after)
        return person

    def _period(self, one: Member) -> Membership:
        source = f"{self._batch.origin} {self._batch.pk}"
        return Membership(
            person=self._people[one.email],
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            paid=one.paid,
            source=source,
        )

    def _pay(self, one: Member) -> None:
        days = {"starts_on": one.starts_on, "ends_on": one.ends_on}
        person = self._people[one.email]
        for row in Membership.objects.filter(person=person, paid=False, **days):
            row.paid = True
            row.save(update_fields=["paid"])
            self._note("membership", row.pk, person, {"paid": False}, paid=True)

    def _note(
        self,
        what: str,
        row: Any,
        person: Person | None,
        before: dict[str, Any] | None,
        **after: Any,
    ) -> None:
        said = {"before": before, "after": after, "person": person}
        self._taken.append(Taken(batch=self._batch, what=what, row=str(row), **said))
