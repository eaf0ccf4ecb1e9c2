"""Who is looking: a person who signed in, or nobody; their tier on a day, their roles today."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db.models import Q

from fabrique.domain.tier import Span, Tier, tier
from fabrique.store.models import Mandate, Membership, Organiser, Person


class Viewer:
    """Reads what the rules ask of a person, each once."""

    def __init__(self, person: Person | None, today: date) -> None:
        self.person = person if person is not None and person.is_active else None
        self.today = today

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Memberships of their own, and of the structures they stand for."""
        if self.person is None:
            return ()
        own = Q(person=self.person) | Q(structure__representative=self.person)
        return tuple(row.span for row in Membership.objects.filter(own).order_by("id"))

    def tier_on(self, day: date) -> Tier:
        """Say what they are to the association on a day."""
        return tier(self.spans, day, known=self.person is not None)

    @property
    def tier(self) -> Tier:
        """What they are today."""
        return self.tier_on(self.today)

    @cached_property
    def roles(self) -> frozenset[str]:
        """What they are entrusted with in the whole house today."""
        if self.person is None:
            return frozenset()
        since = Q(since__lte=self.today) & (Q(until__isnull=True) | Q(until__gte=self.today))
        rows = Mandate.objects.filter(since, person=self.person)
        return frozenset(rows.values_list("role", flat=True))

    @cached_property
    def organises(self) -> frozenset[str]:
        """Ids of the gatherings whose organising group they are in."""
        if self.person is None:
            return frozenset()
        rows = Organiser.objects.filter(person=self.person)
        return frozenset(str(one) for one in rows.values_list("gathering", flat=True))

    @property
    def is_staff(self) -> bool:
        """Whether they are of the team, or of the board."""
        return bool(self.roles & {"staff", "board"})
