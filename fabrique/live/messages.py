"""What a browser may say and what it hears (docs/live-protocol.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fabrique.domain.entry import Op
from fabrique.domain.language import language
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Refusal, Text

Screen = Literal["phone", "stage", "console", "prepare"]
Lang = Literal["fr", "en"]
Id = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_.:+-]{1,64}\Z")]

Group = Annotated[str, Meta(max_length=128)]

DISK = Refusal("disk", Text("This could not be kept just now. It will be sent again."))


class Hello(Struct, frozen=True):
    """The first frame of a screen; `at` is the (epoch, seq) it already shows."""

    hello: int
    token: str
    screen: Screen
    lang: Lang = "fr"
    at: tuple[str, int] | None = None
    visible: bool = True
    group: Group = ""  # the one that a stage is for, or `wall:STEP`


class _Act(Struct, frozen=True):
    op: Id
    do: Id
    run: Line | None = None


_KEYS = ("op", "do", "run")


def read_object(text: str | bytes) -> dict[str, Any]:
    """Read a frame as a JSON object; raise `Invalid`."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise Invalid(Text("This is not JSON that can be read.")) from None
    if not isinstance(found, dict):
        raise Invalid(Text("This is not JSON that can be read."))
    return found


def read_hello(data: Mapping[str, Any]) -> Hello:
    """Read a first frame; raise `Invalid`."""
    return read(data, Hello)


def read_op(data: Mapping[str, Any], participant: str, at: datetime) -> Op:
    """Read an act of `participant`, received `at`; raise `Invalid`."""
    act = read(data, _Act)
    body = {key: value for key, value in data.items() if key not in _KEYS}
    return Op(act.op, act.do, at, participant, act.run, body)


def ack(op: str, seq: int, mine: Mapping[str, Any] | None) -> dict[str, Any]:
    """Say that an act is on disk as line `seq`, and what its author now has in the run."""
    return {"ack": op, "seq": seq} if mine is None else {"ack": op, "seq": seq, "mine": mine}


def no(op: str, refusal: Refusal, lang: str) -> dict[str, Any]:
    """Say that an act was refused, why, in words, and where in it if that can be said."""
    said = {"no": op, "why": refusal.why, "text": language(lang).say(refusal.text)}
    return said | {"where": refusal.where} if refusal.where else said


def millis(at: datetime) -> int:
    """Give a moment as the browser counts: milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def now() -> datetime:
    """Give the server's clock, which decides."""
    return datetime.now(UTC)
