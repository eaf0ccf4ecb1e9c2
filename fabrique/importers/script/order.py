"""All that happens in a script, in order of time, then of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from msgspec import Struct

from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.text import Invalid, Text
from fabrique.importers.script.document import FARTHEST, Document
from fabrique.importers.script.steps import Done, Step

_JOIN, _BEGIN, _OPEN, _CLOSE, _REVEAL, _ACT = range(6)  # what comes first at equal times
_MICRO = Decimal("0.000001")


class Act(Struct, frozen=True):
    """An op of the script, and its place there.

    `step` says which step's run it is for, `names` the contribution it acts on.
    """

    op: Op
    step: str | None
    where: str
    names: str | None = None


class _Event(Struct, frozen=True):
    at: Decimal  # seconds after the start
    rank: int
    do: str
    by: str
    step: str | None
    body: dict[str, Any]
    where: str = ""
    heard: Decimal = Decimal(0)  # not before its step opens: a refusal too is heard there

    @property
    def place(self) -> tuple[Decimal, int]:
        return max(self.at, self.heard), self.rank


def in_order(
    start: datetime, document: Document, steps: Sequence[Step], beside: Sequence[str]
) -> tuple[Act, ...]:
    """Give every act, the end of the session last; raise `Invalid` for people who do not come."""
    events = [*_room(document), *_beside(document, beside)]
    for step in steps:
        events += _frame(step)
        events += (_event(step, done) for done in step.done)
    _check_people(events, {one.id for one in document.participants})
    return tuple(_acts(start, events))


def _room(document: Document) -> Iterator[_Event]:
    """Everybody joins at 0, then chat and slides open."""
    for n, one in enumerate(document.participants):
        body = {"heads": one.heads}
        yield _Event(Decimal(0), _JOIN, "join", one.id, None, body, f".participants[{n}]")
    yield _Event(Decimal(0), _BEGIN, "begin", FACILITATOR, None, {})


def _beside(document: Document, beside: Sequence[str]) -> Iterator[_Event]:
    for n, said in enumerate(document.messages):
        body, where = {"text": said.text}, f".messages[{n}]"
        yield _Event(_exact(said.at), _ACT, "say", said.by, beside[0], body, where)
    if deck := document.slides:
        for n, at in enumerate(deck.shown_at):
            page, where = {"page": min(n + 1, deck.pages)}, f".slides.shown_at[{n}]"
            yield _Event(_exact(at), _ACT, "show", FACILITATOR, beside[1], page, where)


def _frame(step: Step) -> Iterator[_Event]:
    name = step.definition.id
    start, end = _exact(step.times.opens_at), _exact(step.times.closes_at)
    body = {"step": name, "seconds": float(end - start)}
    yield _Event(start, _OPEN, "open", FACILITATOR, name, body, step.where)
    yield _Event(end, _CLOSE, "close", FACILITATOR, name, {}, step.where)
    if step.asks:
        yield _Event(end, _REVEAL, "reveal", FACILITATOR, name, {}, step.where)


def _event(step: Step, done: Done) -> _Event:
    start = _exact(step.times.opens_at)
    at = start + max(min(_exact(done.stamp.at), Decimal(FARTHEST)), Decimal(-FARTHEST))
    name = step.definition.id
    return _Event(at, _ACT, done.verb, done.stamp.by, name, done.body, done.where, start)


def _check_people(events: list[_Event], known: set[str]) -> None:
    for event in events:
        if event.rank == _ACT and event.do != "show" and event.by not in known:
            raise Invalid(Text("There is no participant “{id}”.", {"id": event.by}), event.where)


def _acts(start: datetime, events: list[_Event]) -> Iterator[Act]:
    ordered = sorted(events, key=lambda event: event.place)  # stable: then the file
    for n, event in enumerate(ordered, 1):
        op = Op(f"s{n}", event.do, start + _delta(event.at), event.by, None, event.body)
        yield Act(op, event.step, event.where, _named(event))
    last = start + _delta(max(event.place[0] for event in events))
    yield Act(Op("end", "end", last), None, "")


def _named(event: _Event) -> str | None:
    return event.body.get("card", event.body.get("idea")) if event.do in ("like", "move") else None


def _exact(seconds: float) -> Decimal:
    return Decimal(str(seconds))


def _delta(seconds: Decimal) -> timedelta:
    return timedelta(microseconds=int((seconds / _MICRO).to_integral_value(ROUND_FLOOR)))
