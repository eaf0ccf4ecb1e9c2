"""A table of ideas as a board: its columns are the categories, in the order in which they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.separated import Row, Separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.klaxoon.crowd import Crowd
from fabrique.importers.klaxoon.heads import figure

NO_CATEGORY = {"fr": "Sans catégorie", "en": "No category"}


def board(
    file: str, table: Separated, heads: Mapping[str, int], language: str, crowd: Crowd
) -> dict[str, Any]:
    """Give the keys of a board that was filled: each idea by a stand-in, liked by others."""
    rows = table.rows
    columns = list(dict.fromkeys(_category(row, heads, language) for row in rows))
    likes = [_likes(row, heads, file) for row in rows]
    crowd.spend(len(rows) + sum(likes), file)
    # Nobody likes their own idea: one more than likes, at least.
    crowd.first(max(len(rows), max(likes) + 1), file)
    cards = [_card(n, row, heads, columns, language, file) for n, row in enumerate(rows)]
    given = [
        {"by": one, "at": 0.0, "card": f"c{n}"}
        for n, count in enumerate(likes)
        for one in _others(crowd, n, count)
    ]
    made: dict[str, Any] = {"columns": columns, "answers": cards}
    return made | {"settings": {"likes": True}, "likes": given} if "likes" in heads else made


def _category(row: Row, heads: Mapping[str, int], language: str) -> str:
    said = row.cells[heads["category"]] if "category" in heads else ""
    return said or NO_CATEGORY[language]


def _likes(row: Row, heads: Mapping[str, int], file: str) -> int:
    return figure(row.cells[heads["likes"]], file, row.line) if "likes" in heads else 0


def _card(
    n: int, row: Row, heads: Mapping[str, int], columns: list[str], language: str, file: str
) -> dict[str, Any]:
    text = row.cells[heads["idea"]]
    if not text:
        raise Invalid(Text("There is no idea on this line."), f"{file}:{row.line}")
    column = columns.index(_category(row, heads, language))
    return {"by": f"p{n + 1}", "at": 0.0, "id": f"c{n}", "text": text, "column": column}


def _others(crowd: Crowd, author: int, count: int) -> list[str]:
    return [one for n, one in enumerate(crowd.people[: count + 1]) if n != author][:count]
