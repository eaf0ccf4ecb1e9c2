"""From two tables to a problem; what contradicts itself is refused with its line."""

from __future__ import annotations

from fabrique.domain.separated import Row, Separated, read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.solvers.workshops.problem import Offer, Problem

CHOICE = "choice"
COLUMNS = ("workshop", "capacity")
SLOT = "slot"
MOST_PLACES = 1_000_000


def read(people: tuple[bytes, str], workshops: tuple[bytes, str]) -> Problem:
    """Read both tables, each with the name of its file; raise `Invalid`."""
    table = read_separated(*people)
    file = people[1]
    columns = _choices(table, file)
    offers, slots = _offers(read_separated(*workshops), workshops[1])
    known = {one.workshop for one in offers}
    ids: dict[str, int] = {}
    choices = []
    for row in table.rows:
        _enter(ids, row, file)
        chosen = tuple(row.cells[column] for column in columns)
        for name in filter(None, chosen):
            if name not in known:
                said = Text("There is no workshop “{workshop}”.", {"workshop": name})
                raise Invalid(said, _place(file, row))
        choices.append(chosen)
    if not ids:
        raise Invalid(Text("Nobody is in this table."), file)
    return Problem(tuple(ids), tuple(choices), offers, slots, len(columns))


def _choices(table: Separated, file: str) -> list[int]:
    head = [name.casefold() for name in table.head]
    if head[0] != "id":
        raise Invalid(Text("The first column is called “id”."), file)
    columns = [n for n, name in enumerate(head) if name.startswith(CHOICE)]
    wanted = [f"{CHOICE}{n}" for n in range(1, len(columns) + 1)]
    if not columns or [head[n] for n in columns] != wanted:
        raise Invalid(Text("The columns of choices are called choice1, choice2… in order."), file)
    return columns


def _enter(ids: dict[str, int], row: Row, file: str) -> None:
    name = row.cells[0]
    if not name:
        raise Invalid(Text("An id is blank."), _place(file, row))
    if name in ids:
        what = {"id": name, "line": ids[name]}
        raise Invalid(Text("“{id}” is already on line {line}.", what), _place(file, row))
    ids[name] = row.line


def _offers(table: Separated, file: str) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    head = [name.casefold() for name in table.head]
    for name in COLUMNS:
        if name not in head:
            raise Invalid(Text("There is no column “{column}”.", {"column": name}), file)
    at = [head.index(name) for name in COLUMNS]
    slot = head.index(SLOT) if SLOT in head else None
    seen: dict[tuple[str, str], int] = {}
    offers = []
    for row in table.rows:
        name, places = (row.cells[n] for n in at)
        when = row.cells[slot] if slot is not None else ""
        if not name or (slot is not None and not when):
            raise Invalid(Text("A workshop or its slot is blank."), _place(file, row))
        if (name, when) in seen:
            what = {"id": name, "line": seen[name, when]}
            raise Invalid(Text("“{id}” is already on line {line}.", what), _place(file, row))
        seen[name, when] = row.line
        offers.append(Offer(name, _capacity(places, row, file), when))
    if not offers:
        raise Invalid(Text("There is no workshop in this table."), file)
    return tuple(offers), tuple(dict.fromkeys(one.slot for one in offers))


def _capacity(text: str, row: Row, file: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= MOST_PLACES:
        return int(text)
    what = {"value": text, "limit": MOST_PLACES}
    said = Text("A capacity is a whole number from 0 to {limit}, not “{value}”.", what)
    raise Invalid(said, _place(file, row))


def _place(file: str, row: Row) -> str:
    return f"{file}:{row.line}"
