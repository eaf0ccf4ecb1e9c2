"""From files and wishes to one problem; what contradicts itself is named before anything moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Invalid, Text
from fabrique.solvers.tables.problem import UNKNOWN, Attribute, Problem
from fabrique.solvers.tables.reading import People, Source, read_list, read_people
from fabrique.solvers.tables.wishes import check_wishes, groups

MOST_ROUNDS = 200
MOST_WEIGHT = 1000


class Asked(Struct, frozen=True, kw_only=True):
    """What somebody asks for: files, and figures where they were given.

    `mix` maps columns to weights; without it every column has 1.
    """

    people: Source
    tables: int | None = None
    size: int | None = None
    rounds: int | None = None
    mix: str | None = None
    apart: Source | None = None
    together: Source | None = None
    hosts: Source | None = None
    locked: Source | None = None
    played: int | None = None
    absent: Source | None = None
    late: Source | None = None


def ask(asked: Asked) -> Problem:
    """Give the problem; raise `Invalid` or `Impossible` with a sentence that names who or what."""
    if asked.locked:
        from fabrique.solvers.tables.again import ask_again  # noqa: PLC0415 - it builds on this file

        return ask_again(asked, asked.locked)
    for given in ("played", "absent", "late"):
        if getattr(asked, given) is not None:
            raise Invalid(Text("--{option} goes with --locked.", {"option": given}))
    people = read_people(asked.people)
    tables = _tables(asked, len(people.ids))
    if asked.rounds is None:
        raise Invalid(Text("How many rounds? --rounds says it."))
    check_rounds(asked.rounds)
    return whole(asked, people, Problem(people.ids, (), tables, asked.rounds))


def check_rounds(rounds: int) -> None:
    """Raise `Invalid` where nobody could sit through them."""
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Invalid(Text("There are from 1 to {most} rounds.", {"most": MOST_ROUNDS}))


def _tables(asked: Asked, people: int) -> int:
    if asked.tables is None and asked.size is None:
        raise Invalid(Text("How many tables? --tables or --size says it."))
    if asked.size is not None and asked.size < 1:
        raise Invalid(Text("A table has one seat at least."))
    tables = asked.tables if asked.tables is not None else -(-people // (asked.size or 1))
    check_seats(people, tables, asked.size)
    return tables


def check_seats(people: int, tables: int, size: int | None) -> None:
    """Raise where people and seats do not fit."""
    if tables < 1:
        raise Invalid(Text("There is one table at least."))
    if tables > people:
        what = {"tables": tables, "people": people}
        raise Impossible(Text("{tables} tables are more than the {people} people.", what))
    if size is not None and people > tables * size:
        what = {"people": people, "tables": tables, "size": size, "seats": tables * size}
        said = Text(
            "{people} people do not fit: {tables} tables of {size} have {seats} seats.", what
        )
        raise Impossible(said)


def whole(asked: Asked, people: People, problem: Problem) -> Problem:
    """Add attributes and wishes to a problem that has people, tables and rounds."""
    known = {one: n for n, one in enumerate(problem.ids)}
    attributes = tuple(_attributes(asked, people))
    apart = tuple(_pairs(asked.apart, known))
    together = groups(_pairs(asked.together, known))
    hosts = tuple(sorted(_hosts(asked.hosts, known, problem.tables).items()))
    made = Problem(
        problem.ids,
        attributes,
        problem.tables,
        problem.rounds,
        apart,
        together,
        hosts,
        problem.locked,
    )
    check_wishes(made)
    return made


def _attributes(asked: Asked, people: People) -> Iterable[Attribute]:
    weights = _weights(asked.mix, people.names)
    for place, name in enumerate(people.names):
        cells = [row[place] for row in people.cells]
        if weights[name] and len(set(cells)) == 1:
            said = Text("Everybody has the same in the column “{name}”.", {"name": name})
            raise Invalid(said, asked.people.name)
        numbers = {cell: n for n, cell in enumerate(sorted(set(cells) - {""}))}
        yield Attribute(name, weights[name], tuple(numbers.get(cell, UNKNOWN) for cell in cells))


def _weights(mix: str | None, names: tuple[str, ...]) -> Mapping[str, int]:
    if mix is None:
        return dict.fromkeys(names, 1)
    weights = dict.fromkeys(names, 0)
    for part in filter(None, map(str.strip, mix.split(","))):
        name, _, weight = (one.strip() for one in part.partition("="))
        if name not in weights:
            raise Invalid(Text("There is no column “{name}” to mix.", {"name": name}), "--mix")
        if not (weight.isascii() and weight.isdigit() and int(weight) <= MOST_WEIGHT):
            what = {"name": name, "most": MOST_WEIGHT}
            said = Text("The weight of “{name}” is a whole number from 0 to {most}.", what)
            raise Invalid(said, "--mix")
        weights[name] = int(weight)
    return weights


def _pairs(source: Source | None, known: Mapping[str, int]) -> Iterable[tuple[int, int]]:
    """Give each pair once, its smaller index first."""
    if source is None:
        return ()
    seen: dict[tuple[int, int], None] = {}
    for row in read_list(source, 2):
        first, second = (find(source, row.line, one, known) for one in row.cells)
        if first == second:
            said = Text("{id} stands twice on this line.", {"id": row.cells[0]})
            raise Invalid(said, source.at(row.line))
        seen[min(first, second), max(first, second)] = None
    return seen


def find(source: Source, line: int, one: str, known: Mapping[str, int]) -> int:
    """Give the index of somebody; raise `Invalid` where nobody has this id."""
    if one not in known:
        raise Invalid(Text("Nobody has the id {id}.", {"id": one}), source.at(line))
    return known[one]


def _hosts(source: Source | None, known: Mapping[str, int], tables: int) -> dict[int, int]:
    if source is None:
        return {}
    found: dict[int, int] = {}
    for row in read_list(source, 2):
        one, table = row.cells
        person = find(source, row.line, one, known)
        if not (table.isascii() and table.isdigit() and 1 <= int(table) <= tables):
            what = {"table": table, "tables": tables}
            said = Text("There is no table {table} among the {tables}.", what)
            raise Invalid(said, source.at(row.line))
        first = found.setdefault(person, int(table) - 1) + 1
        if first != int(table):
            what = {"id": one, "first": first, "second": int(table)}
            raise Impossible(Text("{id} cannot host table {first} and table {second}.", what))
    return found
