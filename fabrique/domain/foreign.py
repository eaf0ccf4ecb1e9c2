"""What an importer of somebody else's file gives: a script to play, and what it understood."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from fabrique.domain.text import Text

HEADROOM = 1  # seconds between the last answer and the end


class Wanted(Struct, frozen=True):
    """What somebody says about the file; `columns` corrects what was guessed, by number from 1."""

    title: str
    language: str
    timezone: str
    now: datetime  # the moment of answers that have none
    names: int | None = None
    columns: Mapping[int, str] = {}


class Foreign(Struct, frozen=True):
    """A session as fabrique.script/1, and what was understood, line by line, to be read first."""

    script: bytes
    said: tuple[Text, ...]


class Importer(Protocol):
    """Reads the files of one foreign tool."""

    def read(self, content: bytes, wanted: Wanted) -> Foreign:
        """Read a file; raise `Invalid`, saying where."""


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
