"""What an importer of somebody else's file gives: a script to play, and what it understood."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from fabrique.domain.text import Text

Line = TypeVar("Line")

SHOWN = 3  # first lines of each column or table
LISTED = 8  # lines that a remark names
HEADROOM = 1  # seconds between the last answer and the end


class Wanted(Struct, frozen=True):
    """What somebody says about the file; `columns` corrects what was guessed, by number from 1."""

    title: str
    language: str
    timezone: str
    now: datetime  # the moment of answers that have none
    names: int | None = None
    columns: Mapping[int, str] = {}


class Piece(Struct, frozen=True):
    """A column or a table of the file: what it is taken for, what else it may be, how it begins.

    `use` is empty for what cannot be taken; `detail` is what parts options, or the highest grade.
    """

    number: int
    title: str
    use: str
    uses: tuple[str, ...]
    said: Text
    first: tuple[str, ...]
    detail: str = ""


class Remark(Struct, frozen=True):
    """What whoever imports should know, and on which lines."""

    text: Text
    lines: tuple[str, ...]


class Foreign(Struct, frozen=True):
    """A session as fabrique.script/1, and what was understood, to be read first."""

    script: bytes
    said: tuple[Text, ...]
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...] = ()


class Importer(Protocol):
    """Reads the files of one foreign tool."""

    def read(self, content: bytes, wanted: Wanted) -> Foreign:
        """Read a file; raise `Invalid`, saying where."""

    def pieces(self, content: bytes, wanted: Wanted) -> tuple[Piece, ...]:
        """Say what the file is made of, though it be refused; raise `Invalid` where it is lost."""


def remarks(found: Iterable[tuple[Text, Iterable[object]]]) -> tuple[Remark, ...]:
    """Keep those that some line calls for."""
    listed = ((text, tuple(map(str, lines))) for text, lines in found)
    return tuple(Remark(text, lines) for text, lines in listed if lines)


def repeated(told: Iterable[tuple[Hashable, Line]]) -> list[Line]:
    """Give the lines of what was already told on one before."""
    seen: set[Hashable] = set()
    found = []
    for what, line in told:
        if what in seen:
            found.append(line)
        seen.add(what)
    return found


def shortened(lines: Sequence[str]) -> str:
    """Give the first lines of a remark."""
    return ", ".join(lines[:LISTED]) + ("…" if len(lines) > LISTED else "")


def written(
    wanted: Wanted,
    starts_at: datetime,
    people: Mapping[str, str],
    steps: Sequence[Mapping[str, Any]],
    introduction: str,
) -> bytes:
    """Write the script of a session that is over: people by id, steps with what happened in them.

    Every step is open from the start until a moment after the last answer of all.
    """
    last = max((one["at"] for step in steps for one in _stamped(step)), default=0.0)
    document = {
        "format": "fabrique.script/1",
        "title": wanted.title,
        "kind": "import",
        "starts_at": starts_at.isoformat(),
        "timezone": wanted.timezone,
        "language": wanted.language,
        "facilitator": "",
        "introduction": introduction,
        "participants": [{"id": one, "name": name} for one, name in people.items()],
        "steps": [{**step, "opens_at": 0.0, "closes_at": last + HEADROOM} for step in steps],
        "messages": [],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _stamped(step: Mapping[str, Any]) -> list[dict[str, Any]]:
    answered = [one for question in step.get("questions", ()) for one in question["answers"]]
    return [*answered, *step.get("answers", ()), *step.get("likes", ())]
