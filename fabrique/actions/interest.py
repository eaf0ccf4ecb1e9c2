"""“I am coming, perhaps, no”: before there is a form, with or without an account."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Count
from msgspec import Struct

from fabrique.domain.gathering import State
from fabrique.domain.text import Invalid, Text
from fabrique.domain.typography import printable
from fabrique.store.models import Gathering, Interest, Person, Registration
from fabrique.store.models.interest import ANSWERS

MOST = 5_000  # answers of one gathering: more are nobody's
SEATED = ("confirmed", "attended")
CLOSED = Text("This is no longer asked here: read the page again.")
FULL = Text("Too many answers were given here: write to whoever organises it.")


class Gauge(Struct, frozen=True):
    """How many people mean to come, against how many are hoped for."""

    yes: int
    maybe: int
    no: int
    registered: int
    target: int | None

    @property
    def coming(self) -> int:
        """Those who are registered or say that they come; nobody counts twice."""
        return self.yes + self.registered

    @property
    def share(self) -> int | None:
        """What part of the target they are, in percent; more than all is all."""
        return min(100, 100 * self.coming // self.target) if self.target else None


def answer(
    gathering: Gathering, said: str, now: datetime, *, name: str, email: str, person: Person | None
) -> Interest:
    """Keep an answer, the last one of each address; raise `Invalid`.

    Whoever is signed in answers under their own address. Nobody changes the answer of a person who
    has an account by knowing their address: it stays, and whoever asked is told nothing of it.
    """
    if State(gathering.state) is not State.ANNOUNCED:
        raise Invalid(CLOSED)
    if said not in ANSWERS:
        raise Invalid(Text("Choose one of the three answers."), "answer")
    name, email = _who(name, email, person)
    values = {"answer": said, "name": name, "at": now, "person": person}
    with transaction.atomic():
        # Written first, so that two who answer at once come one after the other.
        Gathering.objects.filter(pk=gathering.pk).update(sequence=gathering.sequence)
        row = Interest.objects.filter(gathering=gathering, email=email).first()
        if row is None:
            return _first(gathering, email, values)
        if row.person_id is None or row.person == person:
            for field, value in values.items():
                setattr(row, field, value)
            row.save()
        return row


def _first(gathering: Gathering, email: str, values: dict[str, object]) -> Interest:
    if Interest.objects.filter(gathering=gathering).count() >= MOST:
        raise Invalid(FULL)
    try:
        with transaction.atomic():
            return Interest.objects.create(gathering=gathering, email=email, **values)
    except IntegrityError:
        raise Invalid(Text("Two answers came at once: send yours again.")) from None


def _who(name: str, email: str, person: Person | None) -> tuple[str, str]:
    if person is not None:
        return person.name or person.email, person.email
    name, email = " ".join(printable(name).split())[:200], email.strip().lower()
    if not name:
        raise Invalid(Text("Write your name, or what people call you."), "name")
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(Text("This address cannot be written to: correct it."), "email") from None
    return name, email


def take_back(gathering: Gathering, row: Interest) -> None:
    """Erase an answer, as whoever gave it asks."""
    Interest.objects.filter(pk=row.pk, gathering=gathering).delete()


def gauge(gathering: Gathering) -> Gauge:
    """Count them; whoever registered counts as registered, whatever they had said before."""
    seated = Registration.objects.filter(gathering=gathering, state__in=SEATED)
    emails = seated.values("email")
    rows = Interest.objects.filter(gathering=gathering).exclude(email__in=emails)
    counts = dict(rows.values_list("answer").annotate(n=Count("pk")))
    said = {one: counts.get(one, 0) for one in ANSWERS}
    return Gauge(
        **said, registered=seated.values("email").distinct().count(), target=gathering.target
    )
