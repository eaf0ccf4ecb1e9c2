"""The parts of a script as written, before anything is played."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta

from fabrique.domain.schema import Index, Line, Part, Whole
from fabrique.domain.text import Invalid, Text

FORMAT = "fabrique.script/1"
FARTHEST = 10 * 366 * 86_400  # seconds: a session does not last for ever
YEARS = range(1001, 9900)  # so that every moment has four figures for its year, in UTC too

Moment = Annotated[float, Meta(ge=0, le=FARTHEST)]


class Attendee(Part, frozen=True):
    """Somebody who comes, for how many people."""

    id: Line
    name: Line
    heads: Whole = 1


class Message(Part, frozen=True):
    """A chat message, in seconds after the start."""

    by: Line
    at: Moment
    text: Line


class Deck(Part, frozen=True):
    """Slides, and when each page was shown."""

    title: Line
    pages: Index
    shown_at: tuple[Moment, ...]


class Document(Part, frozen=True):
    """The script's own keys; steps are read kind by kind."""

    format: Literal["fabrique.script/1"]
    title: Line
    kind: Line
    starts_at: Line
    language: Line
    facilitator: Line
    introduction: Line
    participants: tuple[Attendee, ...]
    steps: tuple[dict[str, Any], ...]
    messages: tuple[Message, ...]
    timezone: Line = "Europe/Paris"
    slides: Deck | None = None
    expected: Any = None


class Times(Part, frozen=True):
    """When a step opens and closes, in seconds after the start."""

    opens_at: Moment
    closes_at: Moment


class Stamp(Part, frozen=True):
    """Who did something in a step, and when (seconds after it opened)."""

    by: Line
    at: float


def read_start(text: str) -> datetime:
    """Read a moment in ISO 8601 with its offset; raise `Invalid`."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        start = datetime.min  # noqa: DTZ901 - refused just below
    offset = start.utcoffset()
    if offset is None or start.year not in YEARS:
        what = {"text": text}
        raise Invalid(Text("“{text}” is not a date and time with its offset.", what), ".starts_at")
    return start.astimezone(UTC) if offset % timedelta(minutes=1) else start


def read_timezone(name: str) -> str:
    """Check the name of a time zone; raise `Invalid`."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, LookupError):
        raise Invalid(Text("Unknown time zone “{name}”.", {"name": name}), ".timezone") from None


def check_ids(ids: Iterable[Any], where: str) -> None:
    """Raise `Invalid` for an id that is empty, or given twice in its list."""
    seen: set[str] = set()
    for n, one in enumerate(ids):
        if one == "":
            raise Invalid(Text("An id is empty."), f"{where}[{n}]")
        if not isinstance(one, str):
            continue  # whoever reads it says what it should be
        if one in seen:
            raise Invalid(Text("The id “{id}” is given twice.", {"id": one}), f"{where}[{n}]")
        seen.add(one)
