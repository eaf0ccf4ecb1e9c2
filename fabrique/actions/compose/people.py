"""Who is to be composed, and what is known of them to mix by.

What somebody says of themselves in their profile serves the calculation alone: pages show how many
people have a value in common, never whose it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min
from msgspec import Struct

from fabrique.actions.registrations import asked_of
from fabrique.domain.choices import ChoiceQuestion
from fabrique.domain.composing import Wanted
from fabrique.domain.fold_text import bare
from fabrique.domain.seat import Seat
from fabrique.domain.text import Text, Words
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Gathering, Membership, Registration

STATES = {
    "seated": (Seat.CONFIRMED.value, Seat.ATTENDED.value),
    "present": (Seat.ATTENDED.value,),
}
NEW = timedelta(days=365)
OWN = {
    "trade": Text("Trade"),
    "level": Text("Seniority"),
    "territory": Text("Territory"),
    "structure": Text("Structure"),
    "since": Text("New or long-standing"),
    "tier": Text("Adherent, member or guest"),
}
SINCE = {"new": Text("new within a year"), "long": Text("here for longer")}
ANSWER = "answer:"


class Attribute(Struct, frozen=True):
    """Something to mix by: of how many people it is known, how many have each value."""

    name: str
    label: Words
    known: int
    values: tuple[tuple[Words, int], ...]

    @property
    def mixes(self) -> bool:
        """Whether there are two values at least."""
        return len(self.values) > 1


class Group(Struct, frozen=True):
    """Those concerned, by registration, in the order of their names; and what is known of them."""

    names: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]  # id → attribute → value


def concerned(gathering: Gathering, wanted: Wanted) -> Group:
    """Give those with a seat, or those who came, of the pools that are wanted."""
    rows = gathering.registrations.filter(state__in=STATES[wanted.who], main=True)
    if wanted.pools:
        rows = rows.filter(pool__in=wanted.pools)
    return known(gathering, rows)


def of(gathering: Gathering, ids: Iterable[str]) -> Group:
    """Give the same of certain registrations, whatever became of them."""
    return known(gathering, gathering.registrations.filter(pk__in=list(ids)))


def known(gathering: Gathering, rows: Iterable[Registration]) -> Group:
    """Read what is known of registrations."""
    found = sorted(_with_people(rows), key=lambda row: (bare(row.name), str(row.pk)))
    since = _since(row.person_id for row in found if row.person_id)
    choices = dict(_choices(gathering))
    values = {
        str(row.pk): {
            name: value for name, value in _values(row, since, choices, _day(gathering)) if value
        }
        for row in found
    }
    return Group({str(row.pk): row.name for row in found}, values)


def attributes(gathering: Gathering, group: Group) -> list[Attribute]:
    """Give what the people of a group can be mixed by, the best known first."""
    labels: dict[str, Words] = {**OWN, **{name: title for name, (title, _) in _choices(gathering)}}
    found = []
    for name, label in labels.items():
        counted = Counter(one[name] for one in group.values.values() if name in one)
        if counted:
            ranked = tuple((_said(name, value), n) for value, n in counted.most_common())
            found.append(Attribute(name, label, counted.total(), ranked))
    return found


def _with_people(rows: Iterable[Registration]) -> list[Registration]:
    if hasattr(rows, "select_related"):
        rows = rows.select_related("person__structure")
    return list(rows)


def _day(gathering: Gathering) -> date | None:
    if gathering.starts_at is None:
        return None
    return gathering.starts_at.astimezone(ZoneInfo(gathering.zone)).date()


def _since(people: Iterable[UUID]) -> dict[UUID, date]:
    rows = Membership.objects.filter(person__in=list(people)).values("person")
    return {row["person"]: row["first"] for row in rows.annotate(first=Min("starts_on"))}


def _choices(gathering: Gathering) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Give the questions of the form that have one answer out of a list."""
    for one in asked_of(gathering):
        if isinstance(one.question, ChoiceQuestion) and one.question.kind == "single":
            yield ANSWER + one.question.id, (one.question.title, tuple(one.question.options))


def _values(
    row: Registration,
    since: Mapping[UUID, date],
    choices: Mapping[str, tuple[str, tuple[str, ...]]],
    day: date | None,
) -> Iterator[tuple[str, str]]:
    person = row.person
    if person is not None:
        yield "trade", person.trade.strip()
        yield "level", person.level.strip()
        yield "territory", person.territory.strip()
        yield "structure", person.structure.name if person.structure else ""
        first = since.get(person.pk)
        if first is not None and day is not None:
            yield "since", "new" if first > day - NEW else "long"
    yield "tier", row.tier
    for name, (_, options) in choices.items():
        chosen = row.answers.get(name.removeprefix(ANSWER), {}).get("choice", [])
        if len(chosen) == 1:
            yield name, options[chosen[0]] if chosen[0] < len(options) else ""


def _said(name: str, value: str) -> Words:
    if name == "since":
        return SINCE[value]
    if name == "tier":
        return NAMES[Tier(value)]
    return value
