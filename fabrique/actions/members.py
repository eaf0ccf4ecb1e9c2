"""Memberships, structures and roles, as the team keeps them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from msgspec import Struct

from fabrique.actions.entrance import address_of
from fabrique.actions.history import note
from fabrique.actions.profile import make_cards
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Mandate, Membership, Person, Structure
from fabrique.store.models.mandate import ROLES

PAGE = 50  # rows of a list of the team
TAKEN = Text("Another structure has this name already: nothing was changed.")


class Period(Struct, frozen=True):
    """A membership as a form gives it."""

    starts_on: date
    ends_on: date | None
    paid: bool


def add_person(email: str, name: str, by: Person) -> Person:
    """Make an account for somebody, who signs in by a code; raise `Invalid` where there is one."""
    address = address_of(email)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(address, name=" ".join(name.split())[:200])
            note("person.made", person, by=by)
    except IntegrityError:
        said = Text("There is an account with {email} already.", {"email": address})
        raise Invalid(said, "email") from None
    return person


def add_membership(member: Person | Structure, period: Period, by: Person) -> Membership:
    """Give a person or a structure a membership; raise `Invalid`."""
    if period.ends_on is not None and period.ends_on < period.starts_on:
        raise Invalid(Text("The last day is before the first: nothing was kept."), "ends_on")
    own = {"person": member} if isinstance(member, Person) else {"structure": member}
    with transaction.atomic():
        row = Membership.objects.create(
            starts_on=period.starts_on, ends_on=period.ends_on, paid=period.paid, **own
        )
        note("membership.added", row, by=by, member=str(member.pk))
    return row


def end_membership(row: Membership, day: date, by: Person) -> None:
    """End a membership on a day; raise `Invalid` for one that begins later."""
    if day < row.starts_on:
        raise Invalid(Text("This membership begins later: give a day after its first."))
    with transaction.atomic():
        row.ends_on = day
        row.save(update_fields=["ends_on"])
        note("membership.ended", row, by=by, day=day.isoformat())


def mark_paid(row: Membership, by: Person, *, paid: bool) -> None:
    """Say whether a membership is paid."""
    with transaction.atomic():
        row.paid = paid
        row.save(update_fields=["paid"])
        note("membership.paid", row, by=by, paid=paid)


def give_role(person: Person, role: str, day: date, by: Person) -> None:
    """Entrust somebody with a role from a day on; twice is once."""
    if role not in ROLES:
        raise Invalid(Text("There is no such role."), "role")
    with transaction.atomic():
        held, is_new = Mandate.objects.get_or_create(
            person=person, role=role, until=None, defaults={"since": day}
        )
        if is_new:
            note("mandate.given", person, by=by, role=held.role)


def end_role(mandate: Mandate, yesterday: date, by: Person) -> None:
    """End a role at once: its last day is the one before. The last of the team keeps theirs."""
    with transaction.atomic():
        mandate.until = max(yesterday, mandate.since)
        mandate.save(update_fields=["until"])  # first a write: two who end the last ones wait
        team = Mandate.objects.filter(role__in=("staff", "board"), until__isnull=True)
        if mandate.role in ("staff", "board") and not team.exists():
            said = Text("Nobody of the team would be left: give the role to somebody else first.")
            raise Invalid(said)
        if mandate.until > yesterday:  # given today: it never was
            mandate.delete()
        note("mandate.ended", mandate.person, by=by, role=mandate.role)


def save_structure(structure: Structure, values: dict[str, str], by: Person) -> Structure:
    """Keep a structure; raise `Invalid` for a name that is none, or another's."""
    name = " ".join(values["name"].split())
    if not name:
        raise Invalid(Text("A structure has a name."), "name")
    if Structure.objects.filter(name__iexact=name).exclude(pk=structure.pk).exists():
        raise Invalid(TAKEN, "name")
    with transaction.atomic():
        structure.name, structure.kind = name[:200], " ".join(values["kind"].split())[:100]
        structure.territory = " ".join(values["territory"].split())[:100]
        structure.site = _site(values["site"].strip())
        structure.save()
        make_cards(structure.people.all())
        note("structure.saved", structure, by=by)
    return structure


def _site(address: str) -> str:
    if address and not address.startswith(("http://", "https://")):
        address = f"https://{address}"
    if len(address) > 200 or any(c.isspace() for c in address):  # noqa: PLR2004 - the column
        raise Invalid(Text("This is no address of a site."), "site")
    return address


def name_representative(structure: Structure, person: Person | None, by: Person) -> None:
    """Say who stands for a structure: its membership is theirs too."""
    with transaction.atomic():
        structure.representative = person
        structure.save(update_fields=["representative"])
        note("structure.representative", structure, by=by, person=str(person.pk) if person else "")


def put_to_rest(person: Person, now: datetime, by: Person, *, active: bool) -> None:
    """Close an account without erasing it, or open it again; nobody closes their own."""
    if person.pk == by.pk:
        raise Invalid(Text("This is your own account: somebody else of the team can close it."))
    with transaction.atomic():
        person.is_active = active
        person.save(update_fields=["is_active"])
        make_cards([person])
        note("person.active", person, by=by, active=active, at=now.isoformat())
