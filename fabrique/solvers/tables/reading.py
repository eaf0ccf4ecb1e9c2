"""Files in: people with attributes, pairs, hosts, a plan, who left and who comes late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fabrique.domain.schema import Line, read
from fabrique.domain.separated import Row, Separated, read_separated
from fabrique.domain.text import Invalid, Text

ID = "id"


class Source(Struct, frozen=True):
    """A file: its name, for what is said of it, and its bytes."""

    name: str
    content: bytes

    def at(self, line: int) -> str:
        """Say a place in it."""
        return f"{self.name}:{line}"


class People(Struct, frozen=True):
    """Ids in order, with the line of each; names of attributes, and cells by person."""

    ids: tuple[str, ...]
    lines: tuple[int, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


class Named(Struct, frozen=True):
    """Cells of a line of a list of ids."""

    line: int
    cells: tuple[str, ...]


class _Plan(Struct, frozen=True):
    format: Literal["fabrique.plan/1"]
    kind: Literal["tables"]
    rounds: Annotated[tuple[tuple[tuple[Line, ...], ...], ...], Meta(min_length=1)]


def read_people(source: Source) -> People:
    """Read a table with a header; ids stand in the column `id`, or in the first."""
    table = read_separated(source.content, source.name)
    place = _column(table.head)
    names = tuple(name for n, name in enumerate(table.head) if n != place)
    for n, name in enumerate(names):
        if not name or name in names[:n]:
            said = Text("Two columns have the name “{name}”.", {"name": name})
            blank = Text("A column has no name.")
            raise Invalid(said if name else blank, source.at(1))
    ids = _ids(source, table.rows, place)
    if not ids:
        raise Invalid(Text("There is nobody in this file."), source.name)
    cells = tuple(_without(row.cells, place) for row in table.rows)
    return People(ids, tuple(row.line for row in table.rows), names, cells)


def read_late(source: Source, people: People) -> People:
    """Read who comes late: rows with a header, rows like those of `people`, or ids alone."""
    table = read_separated(source.content, source.name)
    if ID in _lowered(table.head) or set(table.head[1:]) & set(people.names):
        found = read_people(source)
        return msgspec.structs.replace(found, cells=tuple(_aligned(found, people)))
    rows = _all_rows(table)
    ids = _ids(source, rows, 0)
    width = len(people.names)
    filled = (row.cells[1 : width + 1] for row in rows)
    cells = tuple((*some, *[""] * (width - len(some))) for some in filled)
    return People(ids, tuple(row.line for row in rows), people.names, cells)


def read_list(source: Source, width: int) -> tuple[Named, ...]:
    """Read lines of `width` cells without a header, or with one that begins by `id`."""
    if not source.content.strip():
        return ()
    table = read_separated(source.content, source.name)
    rows = _all_rows(table)
    if table.head[0].lower() == ID:
        rows = rows[1:]
    for row in rows:
        if len(row.cells) < width or not all(row.cells[:width]):
            what = {"wanted": width}
            raise Invalid(Text("Cells wanted on this line: {wanted}.", what), source.at(row.line))
    return tuple(Named(row.line, row.cells[:width]) for row in rows)


def read_plan(source: Source) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Read the rounds of a plan of tables; raise `Invalid` where nobody could have made it."""
    try:
        raw: Any = msgspec.json.decode(source.content)
    except (msgspec.DecodeError, RecursionError):
        raise Invalid(Text("This file is not JSON, or it is cut short."), source.name) from None
    rounds = read(raw, _Plan, f"{source.name} ").rounds
    for turn, tables in enumerate(rounds, 1):
        everybody = [one for table in tables for one in table]
        if len(set(everybody)) < len(everybody):
            twice, _ = Counter(everybody).most_common(1)[0]
            what = {"id": twice, "round": turn}
            raise Invalid(Text("{id} sits twice in round {round}.", what), source.name)
        if len(tables) != len(rounds[0]):
            said = Text("Not every round has as many tables as the first.")
            raise Invalid(said, source.name)
    return rounds


def _all_rows(table: Separated) -> list[Row]:
    return [Row(1, table.head), *table.rows]


def _lowered(head: Sequence[str]) -> list[str]:
    return [name.lower() for name in head]


def _column(head: Sequence[str]) -> int:
    lowered = _lowered(head)
    return lowered.index(ID) if ID in lowered else 0


def _without(cells: tuple[str, ...], place: int) -> tuple[str, ...]:
    return cells[:place] + cells[place + 1 :]


def _ids(source: Source, rows: Sequence[Row], place: int) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    for row in rows:
        one = row.cells[place]
        if not one:
            raise Invalid(Text("This line has no id."), source.at(row.line))
        if one in seen:
            what = {"id": one, "line": seen[one]}
            raise Invalid(Text("{id} stands on line {line} already.", what), source.at(row.line))
        seen[one] = row.line
    return tuple(seen)


def _aligned(found: People, people: People) -> list[tuple[str, ...]]:
    """Give the cells of `found` in the columns of `people`."""
    places = {name: n for n, name in enumerate(found.names)}
    return [
        tuple(cells[places[name]] if name in places else "" for name in people.names)
        for cells in found.cells
    ]
