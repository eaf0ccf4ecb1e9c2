"""The answers to a form as a table, one line a person: as Google, LimeSurvey, Framaforms write it.

Whoever imports reads first what each column is taken for, and corrects it. A column of names is
never taken by itself; columns of names, addresses and technical numbers are left aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from fabrique.domain.foreign import Foreign, Piece, Remark, Wanted, remarks, repeated, written
from fabrique.domain.separated import Row, Separated, read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.forms.columns import Column, Use, read_columns
from fabrique.importers.forms.moments import read_moments

INTRODUCTION = {
    "fr": "Importé d’un formulaire : une ligne du fichier compte pour une personne.",
    "en": "Imported from a form: a line of the file counts as one person.",
}
SILENT = Text("No question is answered on this line: a person all the same.")
TIMELESS = Text("There is no moment on this line: the first one of the file is taken.")
AGAIN = Text("This line is the same as one before it: both are taken.")


class Forms:
    """A questionnaire that is over, its answers in it."""

    def read(self, content: bytes, wanted: Wanted) -> Foreign:
        """Read the table; raise `Invalid` with the line."""
        table = _table(content)
        columns = read_columns(table, wanted)
        moments = _moments(table, columns, wanted)
        start = min(moments)
        questions = [
            _question(column, table, [(one - start).total_seconds() for one in moments])
            for column in columns
            if column.asked
        ]
        if not questions:
            raise Invalid(Text("No column of this file can be taken for a question."))
        step = {"id": "form", "kind": "questionnaire", "title": wanted.title}
        people = {_who(n): _name(row, wanted) for n, row in enumerate(table.rows)}
        introduction = INTRODUCTION[wanted.language]
        script = written(wanted, start, people, [{**step, "questions": questions}], introduction)
        pieces = tuple(one.piece(table) for one in columns)
        return Foreign(script, _said(table, questions), pieces, _remarks(table, columns))

    def pieces(self, content: bytes, wanted: Wanted) -> tuple[Piece, ...]:
        """Say what each column would be taken for, if nobody had said it."""
        table = _table(content)
        guessed = read_columns(table, structs.replace(wanted, names=None, columns={}))
        return tuple(one.piece(table) for one in guessed)


def _table(content: bytes) -> Separated:
    table = read_separated(content)
    if not table.rows:
        raise Invalid(Text("There is no answer in this file."))
    return table


def _moments(table: Separated, columns: list[Column], wanted: Wanted) -> list[datetime]:
    found = next((one for one in columns if one.use is Use.TIMES), None)
    if found is None:
        return [wanted.now] * len(table.rows)
    cells = [row.cells[found.number - 1] for row in table.rows]
    moments = read_moments(cells, ZoneInfo(wanted.timezone))
    if moments is None:
        said = Text("Column {n} cannot be read as moments.", {"n": found.number})
        raise Invalid(said)
    first = min((one for one in moments if one), default=wanted.now)
    return [one or first for one in moments]


def _who(place: int) -> str:
    return f"p{place + 1}"


def _name(row: Row, wanted: Wanted) -> str:
    return row.cells[wanted.names - 1] if wanted.names else ""


def _question(column: Column, table: Separated, at: list[float]) -> dict[str, Any]:
    asked: dict[str, Any] = {"id": f"q{column.number}", "kind": column.use.value}
    asked["title"] = column.title
    if column.options:
        asked["options"] = list(column.options)
    if column.use is Use.RATING:
        asked["settings"] = {"scale": column.scale}
    asked["answers"] = [
        {"by": _who(n), "at": at[n], **_answer(column, cell)}
        for n, row in enumerate(table.rows)
        if (cell := row.cells[column.number - 1])
    ]
    return asked


def _answer(column: Column, cell: str) -> Mapping[str, Any]:
    if column.use is Use.OPEN:
        return {"text": cell}
    if column.use is Use.RATING:
        return {"value": int(cell)}
    return {"choice": [column.options.index(one) for one in column.parts(cell)]}


def _said(table: Separated, questions: list[dict[str, Any]]) -> tuple[Text, ...]:
    people, answers = len(table.rows), sum(len(one["answers"]) for one in questions)
    return (
        Text("{n} person", {"n": people}, "{n} people"),
        Text("{n} answer", {"n": answers}, "{n} answers"),
    )


def _remarks(table: Separated, columns: list[Column]) -> tuple[Remark, ...]:
    asked = [one.number - 1 for one in columns if one.asked]
    times = [one.number - 1 for one in columns if one.use is Use.TIMES]
    silent = [row.line for row in table.rows if not any(row.cells[place] for place in asked)]
    timeless = [row.line for row in table.rows if times and not row.cells[times[0]]]
    again = repeated((row.cells, row.line) for row in table.rows)
    return remarks([(SILENT, silent), (TIMELESS, timeless), (AGAIN, again)])


KIND = Forms()
