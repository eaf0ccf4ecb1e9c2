"""From one or two tables to people to pair; what contradicts itself is refused with its line."""

from __future__ import annotations

from fabrique.domain.separated import Row, read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.solvers.pairs.problem import Person, Problem

BETWEEN = "|"
LISTS = ("interests", "brings", "seeks")
MOST = 1_000
"""Pairs of one person."""


def read(first: tuple[bytes, str], second: tuple[bytes, str] | None = None) -> Problem:
    """Read the tables, each with the name of its file; raise `Invalid`."""
    mentors = _people(*first)
    return Problem(mentors, None if second is None else _people(*second))


def _people(content: bytes, file: str) -> tuple[Person, ...]:
    table = read_separated(content, file)
    head = [name.casefold() for name in table.head]
    for name in ("id", "interests"):
        if name not in head:
            raise Invalid(Text("There is no column “{column}”.", {"column": name}), file)
    lines: dict[str, int] = {}
    people = []
    for row in table.rows:
        cells = dict(zip(head, row.cells, strict=True))
        one = _person(cells, row, file)
        if one.id in lines:
            what = {"id": one.id, "line": lines[one.id]}
            raise Invalid(Text("“{id}” is already on line {line}.", what), f"{file}:{row.line}")
        lines[one.id] = row.line
        people.append(one)
    if not people:
        raise Invalid(Text("Nobody is in this table."), file)
    return tuple(people)


def _person(cells: dict[str, str], row: Row, file: str) -> Person:
    where = f"{file}:{row.line}"
    if not cells["id"]:
        raise Invalid(Text("An id is blank."), where)
    lists = {name: _listed(cells.get(name, "")) for name in LISTS}
    return Person(
        id=cells["id"],
        structure=cells.get("structure", ""),
        capacity=_capacity(cells.get("capacity", ""), where),
        territory=cells.get("territory", ""),
        **lists,
    )


def _listed(cell: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, cell.split(BETWEEN))))


def _capacity(text: str, where: str) -> int:
    if not text:
        return 1
    if text.isascii() and text.isdigit() and int(text) <= MOST:
        return int(text)
    what = {"value": text, "limit": MOST}
    said = Text("A capacity is a whole number from 0 to {limit}, not “{value}”.", what)
    raise Invalid(said, where)
