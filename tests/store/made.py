"""People and gatherings made for a test, each with an address of its own."""

import itertools
from datetime import date, timedelta

from django.utils import timezone

from fabrique.domain.gathering import State
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering, Mandate, Membership, Organiser, Person

_numbers = itertools.count(1)


def person(name="Zoé", tier=Tier.MEMBER, roles=(), **fields):
    """Somebody with an account: member by it, adherent by a paid membership around today."""
    n = next(_numbers)
    made = Person.objects.create_user(f"{name.lower()}.{n}@example.org", name=name, **fields)
    if tier is Tier.ADHERENT:
        joined(made)
    for role in roles:
        Mandate.objects.create(person=made, role=role, since=date(2020, 1, 1))
    return made


def joined(member, *, paid=True, starts_on=None, ends_on=None, **fields):
    """Give a person a membership: of the year around today unless days are given."""
    today = timezone.localdate()
    return Membership.objects.create(
        person=member,
        starts_on=starts_on or today - timedelta(days=180),
        ends_on=ends_on or today + timedelta(days=180),
        paid=paid,
        **fields,
    )


def gathering(title="Fabrique du mardi", organisers=(), days=14, **fields):
    """A published gathering open to all, two hours of an evening to come."""
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=days)
    given = {
        "slug": f"fabrique-{next(_numbers)}",
        "title": title,
        "state": State.PUBLISHED.value,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        **fields,
    }
    made = Gathering.objects.create(**given)
    for one in organisers:
        Organiser.objects.create(gathering=made, person=one)
    return made
