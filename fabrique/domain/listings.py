"""A session as listings, for spreadsheets: rows under typed columns, said later in a language.

A listing holds what was answered, line by line, where blocks hold what remains of it. Here, and
only here, N activities meet the formats that write rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from fabrique.domain.people import People
from fabrique.domain.text import Text, Words


class Share(Struct, frozen=True):
    """A whole-number percentage."""

    percent: int


Cell = Words | int | float | Decimal | Share | datetime | None
"""A moment is aware; None is a cell that nothing was asked of."""


WHO: tuple[Words, Words] = (Text("Participant"), Text("People"))
YES, NO = Text("yes"), Text("no")


class Rows(Struct, frozen=True):
    """What a run lists: a header, and a row a line; no header where there is nothing to list."""

    head: tuple[Words, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


class Listing(Struct, frozen=True):
    """Rows under a header."""

    id: str  # unique in the session; letters, digits and dashes: the name of its file
    name: Words  # short: the name of its sheet
    title: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]


def by_person(
    participants: Iterable[str],
    people: People,
    who: Mapping[str, str],
    cells: Callable[[str], Iterable[tuple[Cell, ...]]],
) -> tuple[tuple[Cell, ...], ...]:
    """Give the lines of each participant, in the order of what is said of them: not of joining."""
    ordered = sorted(participants, key=lambda one: (who.get(one, ""), one))
    return tuple(
        (who.get(one, ""), people.weight(one), *line) for one in ordered for line in cells(one)
    )


def as_sent(answers: Iterable[Mapping[str, Any]]) -> list[tuple[Cell, ...]]:
    """Give answers in the form they were sent in: for a kind that lists nothing of its own."""
    return [(json.dumps(dict(one), ensure_ascii=False, sort_keys=True),) for one in answers]
