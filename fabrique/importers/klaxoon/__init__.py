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

from fabrique.domain.foreign import Foreign, Wanted, written
from fabrique.domain.separated import read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.domain.unzipped import FREE, unzipped
from fabrique.importers.klaxoon.boards import board
from fabrique.importers.klaxoon.counts import counts
from fabrique.importers.klaxoon.crowd import Crowd
from fabrique.importers.klaxoon.heads import find

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
WANTED = Text(
    "These columns are not known. Wanted: idea, with category and likes;"
    " or question, answer, count."
)


class Klaxoon:
    """A board for each table of ideas, a questionnaire for each table of counts."""

    def read(self, content: bytes, wanted: Wanted) -> Foreign:
        """Read the tables, in order of their names; raise `Invalid` with the file and the line."""
        if wanted.names or wanted.columns:
            raise Invalid(Text("Columns are known by their names here: none can be chosen."))
        files = {_readable(one): found for one, found in unzipped(content, FREE).items()}
        tables = {one: files[one] for one in sorted(files) if one.casefold().endswith(".csv")}
        if not tables:
            raise Invalid(Text("There is no table (.csv) in this ZIP file."))
        crowd = Crowd()
        made = [
            _step(file, table, f"t{n}", wanted, crowd)
            for n, (file, table) in enumerate(tables.items(), 1)
        ]
        steps, said = [step for step, _ in made], [text for _, text in made]
        aside = [Text("{file}: left aside", {"file": one}) for one in sorted(files.keys() - tables)]
        people = dict.fromkeys(crowd.people, "")
        script = written(wanted, wanted.now, people, steps, INTRODUCTION[wanted.language])
        return Foreign(script, (*said, *aside, NOT_KNOWN))


def _readable(name: str) -> str:
    """Give back its accents to a name that was packed without saying its alphabet."""
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def _step(
    file: str, content: bytes, step: str, wanted: Wanted, crowd: Crowd
) -> tuple[Mapping[str, Any], Text]:
    table = read_separated(content, file)
    heads = find(table.head)
    if not table.rows:
        raise Invalid(Text("There is no answer in this file."), file)
    shared = {"id": step, "title": PurePosixPath(file).stem}
    if {"question", "answer", "count"} <= heads.keys():
        questions = counts(file, table, heads, crowd)
        n, what = len(questions), {"file": file}
        said = Text("{file}: {n} question", {**what, "n": n}, "{file}: {n} questions")
        return {**shared, "kind": "questionnaire", "questions": questions}, said
    if "idea" in heads:
        made = board(file, table, heads, wanted.language, crowd)
        n, what = len(table.rows), {"file": file}
        said = Text("{file}: {n} idea", {**what, "n": n}, "{file}: {n} ideas")
        return {**shared, "kind": "board", **made}, said
    raise Invalid(WANTED, f"{file}:1")


KIND = Klaxoon()
