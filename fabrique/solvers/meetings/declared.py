"""Read `fabrique.meetings/1`: a day's slots, tables, people, and whom each wishes to meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from fabrique.domain.schema import Line, Part, Whole, read
from fabrique.domain.text import Invalid, Text
from fabrique.solvers.meetings.problem import MOST_SLOTS, Meeting, Person, Problem

Half = Literal["morning", "afternoon"]
Points = Annotated[int, Meta(ge=0, le=1000)]


class Slot(Part, frozen=True):
    """A time in which people meet, or a break."""

    half: Half = "morning"
    pause: bool = msgspec.field(default=False, name="break")


class Guest(Part, frozen=True):
    """Somebody; `away` are slots from 1, `table` a host's own, by number from 1 or by name."""

    id: Annotated[Line, Meta(min_length=1)]
    name: Line = ""
    away: tuple[Whole, ...] = ()
    table: Whole | Line | None = None


class Wish(Part, frozen=True, rename={"from_": "from"}):
    """Whom somebody wishes to meet; `after` are rows of wishes, `must` leaves no choice."""

    from_: Line
    to: Line
    rank: Whole = 1
    accepted: bool | None = None
    must: bool = False
    half: Half | None = None
    slot: Whole | None = None
    after: tuple[Whole, ...] = ()


class Weights(Part, frozen=True):
    """What a wish is worth by rank (the last for all below), and more where both want it."""

    ranks: Annotated[tuple[Points, ...], Meta(min_length=1)] = (10, 6, 4, 3, 2, 1)
    accepted: Points = 5


class Declared(Part, frozen=True):
    """The whole form."""

    format: Literal["fabrique.meetings/1"]
    slots: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=200)]
    tables: Annotated[int, Meta(ge=1, le=2000)] | Annotated[tuple[Line, ...], Meta(min_length=1)]
    people: Annotated[tuple[Guest, ...], Meta(min_length=2, max_length=2000)]
    wishes: Annotated[tuple[Wish, ...], Meta(min_length=1, max_length=10_000)]
    weights: Weights = Weights()


def read_declared(content: bytes) -> Problem:
    """Read the form; raise `Invalid` with the place that does not fit."""
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        raise Invalid(Text("This is not JSON, or it is cut short.")) from None
    form = read(raw, Declared)
    numbers = _numbers(form)
    places = _people(form)
    meetings, rows = _meetings(form, places, numbers)
    if not meetings:
        raise Invalid(Text("No wish is left to be planned."), "wishes")
    before = {
        (rows[earlier], rows[row])
        for row, wish in enumerate(form.wishes, 1)
        for earlier in wish.after
        if row in rows and earlier in rows
    }
    return Problem(
        people=tuple(_person(form, n) for n in range(len(form.people))),
        numbers=numbers,
        morning=sum(form.slots[number - 1].half == "morning" for number in numbers),
        tables=form.tables if isinstance(form.tables, int) else len(form.tables),
        meetings=meetings,
        before=tuple(sorted(before)),
    )


def _numbers(form: Declared) -> tuple[int, ...]:
    numbers = tuple(n for n, slot in enumerate(form.slots, 1) if not slot.pause)
    if not 1 <= len(numbers) <= MOST_SLOTS:
        raise Invalid(
            Text("From 1 to {most} slots are wanted, breaks apart.", {"most": MOST_SLOTS}), "slots"
        )
    halves = [form.slots[number - 1].half for number in numbers]
    if halves != sorted(halves, reverse=True):
        raise Invalid(Text("A slot of the morning comes after one of the afternoon."), "slots")
    return numbers


def _people(form: Declared) -> dict[str, int]:
    places: dict[str, int] = {}
    hosts: set[int] = set()
    for n, one in enumerate(form.people):
        where = f"people[{n}]"
        if not one.id.strip() or one.id in places:
            raise Invalid(Text("An id is blank or given twice."), where)
        places[one.id] = n
        if any(number > len(form.slots) for number in one.away):
            raise Invalid(Text("There is no such slot."), f"{where}.away")
        table = _table(form, n)
        if table in hosts:
            raise Invalid(Text("Two hosts have the same table."), f"{where}.table")
        hosts |= {table} - {None} if table else set()
    return places


def _person(form: Declared, n: int) -> Person:
    one = form.people[n]
    return Person(one.name.strip() or one.id, _table(form, n))


def _table(form: Declared, n: int) -> int | None:
    said = form.people[n].table
    if said is None:
        return None
    names = form.tables if isinstance(form.tables, tuple) else ()
    if isinstance(said, str) and said in names:
        return names.index(said) + 1
    most = form.tables if isinstance(form.tables, int) else len(names)
    if isinstance(said, int) and said <= most:
        return said
    raise Invalid(Text("There is no such table."), f"people[{n}].table")


def _meetings(
    form: Declared, places: Mapping[str, int], numbers: tuple[int, ...]
) -> tuple[tuple[Meeting, ...], dict[int, int]]:
    """Make one meeting of two people's wishes, and say which meeting each row became."""
    rows: dict[frozenset[int], list[int]] = {}
    said: set[tuple[int, int]] = set()
    for row in range(1, len(form.wishes) + 1):
        pair = _pair(form, row, places)
        if pair in said:
            raise Invalid(Text("This wish is given twice."), f"wishes[{row - 1}]")
        said.add(pair)
        rows.setdefault(frozenset(pair), []).append(row)
    meetings: list[Meeting] = []
    became: dict[int, int] = {}
    for some in rows.values():
        wishes = [form.wishes[row - 1] for row in some]
        if any(wish.accepted is False for wish in wishes):
            continue
        became.update(dict.fromkeys(some, len(meetings)))
        a, b = _pair(form, some[0], places)
        slots = _slots(form, wishes, (a, b), numbers)
        meetings.append(Meeting(some[0], a, b, slots, _worth(form.weights, wishes)))
    return tuple(meetings), became


def _pair(form: Declared, row: int, places: Mapping[str, int]) -> tuple[int, int]:
    wish, where = form.wishes[row - 1], f"wishes[{row - 1}]"
    for key, who in (("from", wish.from_), ("to", wish.to)):
        if who not in places:
            raise Invalid(Text("Nobody has the id “{id}”.", {"id": who}), f"{where}.{key}")
    if wish.from_ == wish.to:
        raise Invalid(Text("Nobody meets themself."), where)
    if wish.slot and (wish.slot > len(form.slots) or form.slots[wish.slot - 1].pause):
        raise Invalid(Text("There is no such slot."), f"{where}.slot")
    if any(earlier > len(form.wishes) or earlier == row for earlier in wish.after):
        raise Invalid(Text("There is no such wish."), f"{where}.after")
    return places[wish.from_], places[wish.to]


def _slots(
    form: Declared, wishes: list[Wish], ends: tuple[int, int], numbers: tuple[int, ...]
) -> tuple[int, ...]:
    away = {number for who in ends for number in form.people[who].away}
    return tuple(
        t
        for t, number in enumerate(numbers)
        if number not in away
        and all(wish.half in (None, form.slots[number - 1].half) for wish in wishes)
        and all(wish.slot in (None, number) for wish in wishes)
    )


def _worth(weights: Weights, wishes: list[Wish]) -> int | None:
    if any(wish.must for wish in wishes):
        return None
    ranks = (weights.ranks[min(wish.rank, len(weights.ranks)) - 1] for wish in wishes)
    wanted = len(wishes) > 1 or any(wish.accepted for wish in wishes)
    return sum(ranks) + (weights.accepted if wanted else 0)


def is_declared(content: Any) -> bool:
    """Tell the form from an instance by its first sign."""
    return bytes(content).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"")
