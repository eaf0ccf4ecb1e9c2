"""The organising group of a gathering: who is in it, looked for, leaves, looks after what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from fabrique.actions.history import note
from fabrique.domain.gathering import State
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Invitation, Organiser, Person, Task

ROLE = 80
OPEN = (State.DRAFT.value, State.PROPOSED.value, State.PREPARED.value)
GONE = Text("This is no longer there: nothing was changed.")


def looking(person: Person) -> Iterable[Gathering]:
    """Give the drafts and proposals that look for others to organise them, latest first.

    Each carries `asked`, whether this person asks to join it, and `mine`, whether they are in.
    """
    asked = Invitation.objects.filter(gathering=OuterRef("pk"), person=person, state="open")
    mine = Organiser.objects.filter(gathering=OuterRef("pk"), person=person)
    rows = Gathering.objects.filter(preparation__seeks=True, state__in=OPEN)
    said = Q(title="") & Q(question="")
    return (
        rows.exclude(said)
        .select_related("preparation", "proposer")
        .annotate(asked=Exists(asked), mine=Exists(mine))
        .order_by("-created_at")
    )


def lock(gathering: Gathering) -> Gathering:
    """Write to the gathering first: whoever changes its group waits for the others."""
    Gathering.objects.filter(pk=gathering.pk).update(slug=gathering.slug)
    return Gathering.objects.get(pk=gathering.pk)


def welcome(row: Gathering, person: Person, now: datetime) -> None:
    """Put somebody in a group, once."""
    Organiser.objects.get_or_create(gathering=row, person=person, defaults={"since": now})


def key_of(given: str) -> UUID:
    """Read an id that a form gives; raise `Invalid`."""
    try:
        return UUID(given)
    except ValueError:
        raise Invalid(GONE) from None


def leave(gathering: Gathering, whom: str, by: Person) -> None:
    """Take somebody out of the group: themselves, or another; raise `Invalid` for the last one."""
    with transaction.atomic():
        row = lock(gathering)
        group = Organiser.objects.filter(gathering=row)
        found = group.filter(person__pk=key_of(whom)).select_related("person").first()
        if found is None:
            raise Invalid(Text("This person is not of the group: nothing was changed."))
        person = found.person
        if group.count() == 1:
            raise Invalid(Text("Somebody has to organise it: ask another person to join first."))
        if person != by and row.proposer_id == person.pk:
            raise Invalid(Text("Whoever proposed it can only leave by themselves."))
        group.filter(person=person).delete()
        Task.objects.filter(gathering=row, owner=person).update(owner=None)
        if row.proposer_id == person.pk:  # who comes next answers for it from now on
            heir = group.order_by("since", "id").first()
            Gathering.objects.filter(pk=row.pk).update(proposer=heir.person if heir else None)
        note("left" if person == by else "taken out", row, by, person=str(person.pk))


def entrust(gathering: Gathering, person: str, role: str, by: Person) -> None:
    """Say what somebody of the group looks after; raise `Invalid`."""
    shown = " ".join(read(role, Line, "role").split())
    if len(shown) > ROLE:
        raise Invalid(Text("At most {most} characters fit here: shorten it.", {"most": ROLE}))
    with transaction.atomic():
        rows = Organiser.objects.filter(gathering=gathering, person__pk=key_of(person))
        if not rows.update(role=shown):
            raise Invalid(Text("This person is not of the group: nothing was changed."))
        note("role given", gathering, by, person=person, role=shown)
