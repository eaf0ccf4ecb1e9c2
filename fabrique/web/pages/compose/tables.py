"""A composition of tables, drawn: round by round, what a move costs, who is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from msgspec import Struct

from fabrique.actions.compose import people
from fabrique.actions.compose.ask import told_of, wanted_of
from fabrique.actions.compose.repair import Presence, presence
from fabrique.actions.compose.versions import prices, rounds_of
from fabrique.domain import encounters
from fabrique.domain.encounters import Price, Prices
from fabrique.domain.fold_text import bare
from fabrique.domain.seat import Seat as State
from fabrique.domain.worth import worth
from fabrique.formats.typst.tables import KINDS
from fabrique.store.models import Composition, CompositionVersion
from fabrique.web.numbers import whole
from fabrique.web.pages.compose.listing import form_values

NOTED = 12  # broken wishes said at once; the rest in a list that opens


class Seat(Struct, frozen=True):
    """Somebody at a table, and what it would cost to change places with them."""

    who: str
    name: str
    price: Price | None = None


class Table(Struct, frozen=True):
    """A table of the round that is looked at; `price` is that of one more chair."""

    number: int
    seats: tuple[Seat, ...]
    price: Price | None = None


def values(
    request: HttpRequest, composition: Composition, versions: list[CompositionVersion]
) -> dict[str, Any]:
    """Give what the page shows: the form, and the plan that holds, if there is one."""
    found = _asked(composition, versions)
    if composition.current is not None:
        found |= _plan(request, composition, composition.current)
    return found


def _plan(
    request: HttpRequest, composition: Composition, current: CompositionVersion
) -> dict[str, Any]:
    rounds = rounds_of(current)
    number = _round(request, composition, len(rounds))
    group = people.of(composition.gathering, encounters.people(rounds))
    moving = request.GET.get("who", "") if number > composition.played else ""
    names = {who: group.names.get(who) or "—" for who in encounters.people(rounds)}
    priced = prices(current, number) if moving in names else None
    said = told_of(current, names)
    return {
        "current": current,
        "worth": said[:1] or worth(current.plan or {}),
        "notes": said[1:NOTED],
        "more": said[NOTED:],
        "rounds": range(1, len(rounds) + 1),
        "number": number,
        "past": number <= composition.played,
        "next": composition.played + 1 if composition.played < len(rounds) else 0,
        "moving": {"who": moving, "name": names[moving]} if moving in names else None,
        "tables": _tables(rounds[number - 1], names, moving, priced),
        "again": [] if said else _again(rounds, names),
        "presence": _presence(composition),
        "papers": KINDS.items(),
    }


def _round(request: HttpRequest, composition: Composition, rounds: int) -> int:
    asked = whole(request.GET.get("round", ""))
    return asked if 1 <= asked <= rounds else min(composition.played + 1, rounds)


def _tables(
    row: encounters.Round, names: Mapping[str, str], moving: str, priced: Prices | None
) -> list[Table]:
    made = []
    for number, table in enumerate(row, 1):
        here = moving in table
        ordered = sorted(table, key=lambda who: (bare(names[who]), who))
        seats = tuple(
            Seat(who, names[who], priced.swap(moving, who) if priced and not here else None)
            for who in ordered
        )
        chair = priced.seat(moving, number) if priced and not here else None
        made.append(Table(number, seats, chair))
    return made


def _again(rounds: encounters.Rounds, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(names[a], names[b], ", ".join(map(str, at))) for a, b, at in encounters.again(rounds)]


def _presence(composition: Composition) -> Presence | None:
    """Give who is missing or too many, as far as the door knows."""
    seen = presence(composition)
    door = composition.gathering.registrations.filter(state=State.ATTENDED.value).exists()
    if not door:  # nobody was checked in yet: only who gave their seat back is known
        seen = Presence(seen.absent, {}, {})
    return seen if seen.differs else None


def _asked(composition: Composition, versions: list[CompositionVersion]) -> dict[str, Any]:
    """Give the form, as the version that holds was asked for, and its pairs by name."""
    gathering, basis = composition.gathering, composition.current or versions[0]
    asked = wanted_of(basis)
    group = people.concerned(gathering, asked)
    name = group.names.get
    pairs = [
        (kind, one, other, name(one) or "—", name(other) or "—")
        for kind in ("together", "apart")
        for one, other in getattr(asked, kind)
    ]
    hosts = [(who, name(who) or "—", at) for who, at in asked.hosts.items()]
    return {
        **form_values(gathering, asked, people.attributes(gathering, group)),
        "pairs": pairs,
        "hosts": hosts,
        "everybody": list(group.names.items()),
    }
