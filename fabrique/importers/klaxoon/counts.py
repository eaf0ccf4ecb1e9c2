"""A table of counts by answer as questions with one choice, each count as many stand-ins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.separated import Row, Separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.klaxoon.crowd import Crowd
from fabrique.importers.klaxoon.heads import figure


def counts(
    file: str, table: Separated, heads: Mapping[str, int], crowd: Crowd
) -> list[dict[str, Any]]:
    """Give the questions in the order in which they come; an empty cell goes on with the last."""
    found: dict[str, dict[str, int]] = {}
    last = ""
    for row in table.rows:
        last = row.cells[heads["question"]] or last
        answer = row.cells[heads["answer"]]
        _check(row, last, answer, found.get(last, {}), file)
        found.setdefault(last, {})[answer] = figure(row.cells[heads["count"]], file, row.line)
    return [_question(n, title, of, file, crowd) for n, (title, of) in enumerate(found.items(), 1)]


def _check(row: Row, question: str, answer: str, before: Mapping[str, int], file: str) -> None:
    where = f"{file}:{row.line}"
    if not question or not answer:
        raise Invalid(Text("A question or an answer is missing on this line."), where)
    if answer in before:
        raise Invalid(Text("This answer is counted twice."), where)


def _question(n: int, title: str, of: Mapping[str, int], file: str, crowd: Crowd) -> dict[str, Any]:
    crowd.spend(sum(of.values()), file)
    places = [place for place, count in enumerate(of.values()) for _ in range(count)]
    people = crowd.first(len(places), file)
    answers = [
        {"by": one, "at": 0.0, "choice": [place]} for one, place in zip(people, places, strict=True)
    ]
    return {
        "id": f"q{n}",
        "kind": "single",
        "title": title,
        "options": list(of),
        "answers": answers,
    }
