"""Who sits where, read from a plan of tables or a table of names; matched to who is there.

Nothing is guessed: somebody is found by their id or by their whole name, or is listed as not found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fabrique.domain.group_lines import MOST
from fabrique.domain.schema import Line, read
from fabrique.domain.separated import read_separated
from fabrique.domain.text import Invalid, Text

FORMAT = "fabrique.plan/1"
WHO = ("id", "participant", "name", "nom", "personne")
WHERE = ("group", "groupe", "table")

Round = tuple[tuple[Line, ...], ...]


class Seat(Struct, frozen=True):
    """Somebody, by id or by name, and the title of their group."""

    who: str
    group: str


class Matched(Struct, frozen=True):
    """Groups by title, who goes where by place, who was not found, who may be several."""

    titles: tuple[str, ...]
    of: dict[str, int]
    unknown: tuple[str, ...]
    several: tuple[str, ...]


class _Plan(Struct, frozen=True):
    format: Literal["fabrique.plan/1"]
    kind: Literal["tables"]
    rounds: Annotated[tuple[Round, ...], Meta(min_length=1)]


def read_seating(content: bytes, turn: int = 1) -> tuple[Seat, ...]:
    """Read a plan, of which `turn` is the round wanted, or a table; raise `Invalid`."""
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return _from_table(content)
    return _from_plan(raw, turn)


def _from_plan(raw: Any, turn: int) -> tuple[Seat, ...]:
    plan = read(raw, _Plan)
    if not 1 <= turn <= len(plan.rounds):
        what = {"n": len(plan.rounds)}
        raise Invalid(
            Text("This plan has {n} round only.", what, "This plan has {n} rounds only."), ".rounds"
        )
    tables = enumerate(plan.rounds[turn - 1], 1)
    return tuple(Seat(who, f"Table {n}") for n, table in tables for who in table)


def _from_table(content: bytes) -> tuple[Seat, ...]:
    table = read_separated(content)
    if len(table.head) < len(("who", "where")):
        raise Invalid(Text("Two columns are needed: who, and in which group."))
    who, where = _column(table.head, WHO, 0), _column(table.head, WHERE, 1)
    rows = ((row.cells[who].strip(), row.cells[where].strip()) for row in table.rows)
    return tuple(Seat(one, _titled(group)) for one, group in rows if one and group)


def _column(head: Sequence[str], names: Sequence[str], place: int) -> int:
    folded = [name.strip().casefold() for name in head]
    return next((folded.index(name) for name in names if name in folded), place)


def _titled(group: str) -> str:
    return f"Table {int(group)}" if re.fullmatch(r"[0-9]{1,3}", group) else group


def match(seats: Sequence[Seat], people: Mapping[str, str]) -> Matched:
    """Find each among `people` (id → name); the first seat of somebody counts."""
    titles = tuple(sorted(dict.fromkeys(one.group for one in seats), key=_natural))
    if not titles:
        raise Invalid(Text("Nobody is in a group in this file."))
    if len(titles) > MOST:
        raise Invalid(Text("A room has at most {limit} groups.", {"limit": MOST}))
    of: dict[str, int] = {}
    unknown: list[str] = []
    several: list[str] = []
    for seat in seats:
        found = _found(seat.who, people)
        if len(found) == 1:
            of.setdefault(found[0], titles.index(seat.group))
        else:
            (several if found else unknown).append(seat.who)
    return Matched(titles, of, tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(several)))


def _found(who: str, people: Mapping[str, str]) -> list[str]:
    return [who] if who in people else [one for one, name in people.items() if name.strip() == who]


def _natural(title: str) -> tuple[tuple[int, str], ...]:
    pieces = re.findall(r"[0-9]+|[^0-9]+", title)
    return tuple((int(one), "") if one.isascii() and one.isdigit() else (-1, one) for one in pieces)
