"""From a workbook of CoSPLib to an instance; what is missing or unknown is refused by its cell."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from fabrique.domain.text import Invalid, Text
from fabrique.solvers.programme.conference.instance import (
    WEIGHTS,
    Hours,
    Instance,
    Session,
    Submission,
)

ZONE = re.compile(r"(?:GMT|UTC)(?:([+-]\d{1,2})(?::?(\d\d))?)?")
Rows = list[list[Any]]


class Sheet:
    """A sheet whose cells are asked for by row and column, from 0."""

    def __init__(self, name: str, rows: Rows) -> None:
        self.name = name
        self.rows = rows

    def wrong(self, row: int, column: int, text: Text) -> Invalid:
        """Give a refusal that names the cell."""
        letters, left = "", column
        while left >= 0:
            letters = chr(65 + left % 26) + letters
            left = left // 26 - 1
        return Invalid(text, f"{self.name}!{letters}{row + 1}")

    def cell(self, row: int, column: int) -> Any:
        """Give a cell, "" outside."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def text(self, row: int, column: int) -> str:
        """Give a cell as text."""
        value = self.cell(row, column)
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value) if whole else value).strip()

    def number(self, row: int, column: int) -> float:
        """Give a cell as a number that is not below zero, 0 where it is empty."""
        value = self.cell(row, column)
        if value == "":
            return 0.0
        if isinstance(value, int | float) and 0 <= value <= 1e9:  # noqa: PLR2004 - a limit of sense
            return float(value)
        raise self.wrong(row, column, Text("A number is wanted here."))

    def minutes(self, row: int, column: int) -> int:
        """Give a cell as minutes of the day."""
        value = self.cell(row, column)
        if isinstance(value, str):
            parts = value.split(":")
            if len(parts) >= 2 and all(part.isdigit() for part in parts):  # noqa: PLR2004 - h:m
                return int(parts[0]) * 60 + int(parts[1])
        if isinstance(value, time):
            return value.hour * 60 + value.minute
        raise self.wrong(row, column, Text("A time of day is wanted here."))

    def zone(self, row: int, column: int) -> int:
        """Give a cell such as GMT+2 as minutes, 0 where it is empty."""
        text = self.text(row, column)
        found = ZONE.fullmatch(text)
        if text and not found:
            raise self.wrong(row, column, Text("A time zone such as GMT+2 is wanted here."))
        hours, more = found.groups() if found else (None, None)
        away = int(hours or 0) * 60
        return away + (int(more or 0) if away >= 0 else -int(more or 0))

    def names(self, first: int = 1, column: int = 0) -> list[str]:
        """Give the names of a column, from a row on; none blank, none twice."""
        found: list[str] = []
        for row in range(first, len(self.rows)):
            name = self.text(row, column)
            if not name or name in found:
                said = Text("A name is blank, or is already above: “{name}”.", {"name": name})
                raise self.wrong(row, column, said)
            found.append(name)
        if not found:
            raise self.wrong(first, column, Text("There is nothing in this sheet."))
        return found


def read(content: bytes, file: str) -> Instance:
    """Read a workbook; raise `Invalid`."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            name: Sheet(name, _filled(book.get_sheet_by_name(name).to_python()))
            for name in book.sheet_names
        }
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid(Text("This is not a workbook that can be read."), file) from error
    for name in ("parameters", "submissions", "tracks", "sessions", "rooms"):
        if name not in sheets:
            raise Invalid(Text("There is no sheet “{sheet}”.", {"sheet": name}), file)
    tracks, rooms = sheets["tracks"].names(), sheets["rooms"].names()
    sessions = _sessions(sheets["sessions"])
    names = [one.name for one in sessions]
    return Instance(
        weights=_weights(sheets["parameters"]),
        hours=_hours(sheets["parameters"]),
        submissions=_submissions(sheets["submissions"], tracks, names, rooms),
        tracks=tuple(tracks),
        chairs=tuple(_people(sheets["tracks"].text(n + 1, 1)) for n in range(len(tracks))),
        sessions=tuple(sessions),
        rooms=tuple(rooms),
        tracks_sessions=_table(sheets, "tracks_sessions|penalty", tracks, names),
        tracks_rooms=_table(sheets, "tracks_rooms|penalty", tracks, rooms),
        similar=_table(sheets, "similar tracks", tracks, tracks),
        sessions_rooms=_table(sheets, "sessions_rooms|penalty", names, rooms),
    )


def _filled(rows: Rows) -> Rows:
    """Leave out what is empty at the end."""
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    return rows


def _weights(sheet: Sheet) -> dict[str, float]:
    if sheet.text(0, 3) != "Weights" or len(sheet.rows) <= len(WEIGHTS):
        raise sheet.wrong(0, 3, Text("The weights are wanted here."))
    return {name: sheet.number(n, 4) for n, name in enumerate(WEIGHTS, 1)}


def _hours(sheet: Sheet) -> Hours:
    return Hours(
        zone=sheet.zone(1, 1),
        suitable=(sheet.minutes(3, 1), sheet.minutes(4, 1)),
        less=(sheet.minutes(6, 1), sheet.minutes(7, 1)),
        small=sheet.number(8, 1),
        big=sheet.number(10, 1),
    )


def _sessions(sheet: Sheet) -> list[Session]:
    found = []
    for row, name in enumerate(sheet.names(), 1):
        slots = sheet.number(row, 1)
        if not 1 <= slots <= 100 or slots % 1:  # noqa: PLR2004 - a limit of sense
            raise sheet.wrong(row, 1, Text("A whole number of slots is wanted here."))
        found.append(Session(name, int(slots), sheet.minutes(row, 3), sheet.minutes(row, 4)))
    return found


def _submissions(
    sheet: Sheet, tracks: list[str], sessions: list[str], rooms: list[str]
) -> tuple[Submission, ...]:
    columns = [sheet.text(0, n) for n in range(7, 7 + len(sessions) + len(rooms))]
    if columns != sessions + rooms:
        raise sheet.wrong(0, 7, Text("Columns of all sessions, then of all rooms are wanted here."))
    found = []
    for row, reference in enumerate(sheet.names(), 1):
        track = sheet.text(row, 1)
        if track not in tracks:
            raise sheet.wrong(row, 1, Text("There is no track “{track}”.", {"track": track}))
        slots = sheet.number(row, 2)
        if slots < 1 or slots % 1:
            raise sheet.wrong(row, 2, Text("A whole number of slots is wanted here."))
        costs = [sheet.number(row, n) for n in range(7, 7 + len(columns))]
        found.append(
            Submission(
                reference=reference,
                track=tracks.index(track),
                slots=int(slots),
                order=int(sheet.number(row, 3)),
                zone=sheet.zone(row, 4),
                presenters=_people(sheet.text(row, 5)),
                attendees=_people(sheet.text(row, 6)),
                sessions=tuple(costs[: len(sessions)]),
                rooms=tuple(costs[len(sessions) :]),
            )
        )
    return tuple(found)


def _people(cell: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, cell.split(","))))


def _table(
    sheets: dict[str, Sheet], name: str, rows: Sequence[str], columns: Sequence[str]
) -> tuple[tuple[float, ...], ...]:
    if name not in sheets:
        raise Invalid(Text("There is no sheet “{sheet}”.", {"sheet": name}))
    sheet = sheets[name]
    across = _found(sheet, columns, [sheet.text(0, n) for n in range(len(sheet.rows[0]))])
    down = _found(sheet, rows, [sheet.text(n, 0) for n in range(len(sheet.rows))])
    return tuple(tuple(sheet.number(row, column) for column in across) for row in down)


def _found(sheet: Sheet, wanted: Sequence[str], names: list[str]) -> list[int]:
    """Give where each name stands, in whatever order."""
    for name in wanted:
        if name not in names[1:]:
            said = Text("“{name}” is missing in this sheet.", {"name": name})
            raise sheet.wrong(0, 0, said)
    return [names.index(name, 1) for name in wanted]
