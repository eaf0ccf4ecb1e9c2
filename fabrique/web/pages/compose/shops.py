"""Workshops by choice, drawn: who is where and by which choice, who waits, what a move costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from msgspec import Struct

from fabrique.actions.compose import offers, people, shops
from fabrique.actions.compose.ask import told_of
from fabrique.actions.compose.choices import is_open
from fabrique.actions.compose.shop_plan import choosing_of, given_of, held_of
from fabrique.actions.compose.versions import plan_of
from fabrique.domain.fold_text import bare
from fabrique.domain.offering import Held, slots_of
from fabrique.store.models import Composition, CompositionVersion
from fabrique.web.pages.compose.choice import choice_values


class Seat(Struct, frozen=True):
    """Somebody in a workshop: `rank` is that of the choice it was, 0 for none of theirs."""

    who: str
    name: str
    rank: int
    chose: bool = True
    gone: bool = False  # they gave their seat back


class Shop(Struct, frozen=True):
    """A workshop in a slot; `rank` is what it is to whoever moves, `here` where they are now."""

    held: Held
    when: Any  # by the clocks of the gathering, None without an hour
    seats: tuple[Seat, ...]
    waiting: tuple[Seat, ...]
    rank: int = 0
    here: bool = False

    @property
    def taken(self) -> int:
        """Count those who come."""
        return sum(not one.gone for one in self.seats)

    @property
    def left(self) -> int:
        """Count the places that are left; below zero where there are too many people."""
        return self.held.places - self.taken


class Slot(Struct, frozen=True):
    """What is held at one time, and who has nothing then."""

    name: str
    shops: tuple[Shop, ...]
    none: tuple[Seat, ...]


class Sheet:
    """What is read once of a plan, to draw its lists from."""

    def __init__(self, composition: Composition, current: CompositionVersion) -> None:
        self.ranked = shops.ranked_of(composition, choosing_of(current))
        self.silent = set(shops.silent(composition, self.ranked))
        self.given = given_of(current)
        self.held = held_of(current)
        self.waiting = plan_of(current)["waiting"]
        self.zone = ZoneInfo(composition.gathering.zone)
        everybody = {*self.given, *self.silent, *self.ranked}
        self.names = people.of(composition.gathering, everybody).names
        self.seated = {*self.silent, *self.ranked}

    def slots(self, moving: str = "", at: str = "") -> list[Slot]:
        """Give the lists; beside each workshop of slot `at` what it is to who moves."""
        return [
            Slot(
                name=slot,
                shops=tuple(
                    self._shop(one, moving if slot == at else "")
                    for one in self.held
                    if one.slot == slot
                ),
                none=self._seats(self._without(slot), ""),
            )
            for slot in slots_of(self.held)
        ]

    def _shop(self, one: Held, moving: str) -> Shop:
        inside = [who for who, mine in self.given.items() if mine.get(one.slot) == one.workshop]
        return Shop(
            held=one,
            when=one.starts_at.astimezone(self.zone) if one.starts_at else None,
            seats=self._seats(inside, one.workshop),
            waiting=tuple(self._seat(who, one.workshop) for who in self._line(one.workshop)),
            rank=self._rank(moving, one.workshop),
            here=moving in inside,
        )

    def _without(self, slot: str) -> list[str]:
        return [who for who in self.names if not self.given.get(who, {}).get(slot)]

    def _line(self, workshop: str) -> list[str]:
        return [who for who in self.waiting.get(workshop, ()) if who in self.seated]

    def _rank(self, who: str, workshop: str) -> int:
        own = self.ranked.get(who, ())
        return own.index(workshop) + 1 if workshop in own else 0

    def _seats(self, ids: Iterable[str], workshop: str) -> tuple[Seat, ...]:
        found = [self._seat(who, workshop) for who in ids]
        if not workshop:
            found = [one for one in found if not one.gone]
        return tuple(sorted(found, key=lambda one: (bare(one.name), one.who)))

    def _seat(self, who: str, workshop: str) -> Seat:
        return Seat(
            who=who,
            name=self.names.get(who) or "—",
            rank=self._rank(who, workshop),
            chose=who not in self.silent,
            gone=who not in self.seated,
        )


def values(
    request: HttpRequest, composition: Composition, _versions: list[CompositionVersion]
) -> dict[str, Any]:
    """Give what the page shows: the choice, and the lists of the plan that holds."""
    choosing = offers.choosing_of(composition)
    ranked = shops.ranked_of(composition, choosing)
    silent = shops.silent(composition, ranked)
    names = people.of(composition.gathering, silent).names
    until = composition.closes_at
    found = {
        "chose": len(ranked),
        "seated": len(ranked) + len(silent),
        "silent": list(names.values()),
        "open": is_open(composition, timezone.now()),
        "until": until.astimezone(ZoneInfo(composition.gathering.zone)) if until else None,
        **choice_values(composition.gathering, choosing),
    }
    if composition.current is not None:
        found |= _plan(request.GET, composition, composition.current)
    return found


def _plan(
    asked: Mapping[str, str], composition: Composition, current: CompositionVersion
) -> dict[str, Any]:
    sheet = Sheet(composition, current)
    moving, slot = asked.get("who", ""), asked.get("slot", "")
    known = moving in sheet.names and slot in slots_of(sheet.held)
    base = current
    while base.why == "moved" and base.before is not None:  # moves by hand read no choices anew
        base = base.before
    since = composition.choices.filter(at__gt=base.at)
    return {
        "told": told_of(current),
        "since": since.count(),
        "slots": sheet.slots(moving, slot) if known else sheet.slots(),
        "moving": {"who": moving, "name": sheet.names[moving], "slot": slot} if known else None,
    }
