"""A ZIP of tables as Klaxoon is said to export: boards of ideas, and questions with their counts.

No real export was at hand when this was written: the tables are known by the names of their
columns, in French or in English, and anything else is refused with its file and line. What such
tables do not say is who answered. A stand-in without a name is made for each idea and each answer
counted, so that figures agree; nobody is followed from one table to another, as the report says.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from fabrique.domain.foreign import Foreign, Piece, Wanted, remarks, written
from fabrique.domain.text import Invalid, Text
from fabrique.domain.unzipped import FREE, unzipped
from fabrique.importers.klaxoon.boards import board
from fabrique.importers.klaxoon.counts import counts
from fabrique.importers.klaxoon.crowd import Crowd
from fabrique.importers.klaxoon.tables import UNKNOWN, Table, Use

INTRODUCTION = {
    "fr": (
        "Importé de tableaux où les personnes ne sont pas identifiables : chaque idée et chaque"
        " réponse comptée est celle d’une personne sans nom, et le nombre de personnes présentes"
        " n’est pas connu."
    ),
    "en": (
        "Imported from tables in which persons cannot be identified: each idea and each counted"
        " answer is that of somebody without a name, and how many people were there is not known."
    ),
}
NOT_KNOWN = Text("Persons are not identifiable in these tables: figures of people are not known.")
ASIDE = Text("left aside")
TAKEN: Mapping[str, Text] = {
    Use.IDEAS: Text("a board of ideas"),
    Use.COUNTS: Text("questions with their counts"),
}


class Klaxoon:
    """A board for each table of ideas, a questionnaire for each table of counts."""

    def read(self, content: bytes, wanted: Wanted) -> Foreign:
        """Read the tables, in order of their names; raise `Invalid` with the file and the line."""
        tables, others = _files(content)
        _check(tables, wanted)
        crowd, steps, pieces, noted = Crowd(), [], [], []
        for one in tables:
            use = wanted.columns.get(one.number) or one.use
            if use == Use.NONE:
                pieces.append(one.piece(ASIDE, Use.NONE))
                continue
            step, said = _step(one, use, wanted, crowd)
            steps.append(step)
            pieces.append(one.piece(said, use))
            noted += one.noted(use)
        if not steps:
            raise Invalid(Text("Every table is left aside: nothing is left to import."))
        people = dict.fromkeys(crowd.people, "")
        script = written(wanted, wanted.now, people, steps, INTRODUCTION[wanted.language])
        aside = tuple(Text("{file}: left aside", {"file": name}) for name in others)
        return Foreign(script, (NOT_KNOWN, *aside), tuple(pieces), remarks(noted))

    def pieces(self, content: bytes, wanted: Wanted) -> tuple[Piece, ...]:
        """Say what each table is taken for."""
        tables, _ = _files(content)
        return tuple(one.piece(TAKEN.get(one.use, UNKNOWN), one.use) for one in tables)


def _files(content: bytes) -> tuple[list[Table], list[str]]:
    """Give the tables in order of their names, and the names of what is no table."""
    files = {_readable(one): found for one, found in unzipped(content, FREE).items()}
    named = [one for one in sorted(files) if one.casefold().endswith(".csv")]
    if not named:
        raise Invalid(Text("There is no table (.csv) in this ZIP file."))
    tables = [Table.of(number, file, files[file]) for number, file in enumerate(named, 1)]
    return tables, sorted(files.keys() - set(named))


def _check(tables: list[Table], wanted: Wanted) -> None:
    if wanted.names:
        raise Invalid(Text("Persons are not taken from these tables: no column holds their names."))
    for number, told in wanted.columns.items():
        if not 1 <= number <= len(tables):
            raise Invalid(Text("There is no table {n} in this file.", {"n": number}))
        if told not in tables[number - 1].uses:
            what = {"n": number, "use": told}
            raise Invalid(Text("Table {n} cannot be taken for “{use}”.", what))


def _readable(name: str) -> str:
    """Give back its accents to a name that was packed without saying its alphabet."""
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def _step(one: Table, use: str, wanted: Wanted, crowd: Crowd) -> tuple[Mapping[str, Any], Text]:
    table = one.read()
    shared = {"id": f"t{one.number}", "title": PurePosixPath(one.file).stem}
    if use == Use.COUNTS:
        questions = counts(one.file, table, one.heads, crowd)
        said = Text("{n} question", {"n": len(questions)}, "{n} questions")
        return {**shared, "kind": "questionnaire", "questions": questions}, said
    made = board(one.file, table, one.heads, wanted.language, crowd)
    said = Text("{n} idea", {"n": len(table.rows)}, "{n} ideas")
    return {**shared, "kind": "board", **made}, said


KIND = Klaxoon()
