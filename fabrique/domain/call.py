"""The call for contributions: when it is open, what is asked, and what may follow a state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from fabrique.domain.text import Invalid, Text

MOST_QUESTIONS = 12
MOST_OPTIONS = 20


class State(StrEnum):
    """Where a contribution is."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


STATES = {
    State.DRAFT: Text("draft"),
    State.SENT: Text("received"),
    State.ACCEPTED: Text("accepted, answer awaited"),
    State.WAITING: Text("on the waiting list"),
    State.DECLINED: Text("not kept"),
    State.CONFIRMED: Text("confirmed"),
    State.WITHDRAWN: Text("withdrawn by its author"),
}
DECISIONS = (State.ACCEPTED.value, State.WAITING.value, State.DECLINED.value)
NEXT: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SENT, State.WITHDRAWN}),
    State.SENT: frozenset({State.ACCEPTED, State.WAITING, State.DECLINED, State.WITHDRAWN}),
    State.WAITING: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.CONFIRMED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.WITHDRAWN}),
    State.DECLINED: frozenset({State.ACCEPTED, State.WAITING}),
    State.WITHDRAWN: frozenset(),
}


def move(before: str, after: State) -> State:
    """Go from one state to another; raise `Invalid` where the second may not follow the first."""
    if after not in NEXT[State(before)]:
        said = {"before": STATES[State(before)], "after": STATES[after]}
        raise Invalid(Text("This contribution is “{before}”: it cannot become “{after}”.", said))
    return after


class Asked(Struct, frozen=True, kw_only=True):
    """A question beside the usual ones: free words, or options of which one or several."""

    id: str
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    options: tuple[str, ...] = ()
    several: bool = False
    required: bool = False


class Window(StrEnum):
    """Whether a call takes contributions now."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


def window(opens_at: datetime, closes_at: datetime, now: datetime) -> Window:
    """Say whether a call is open; its last moment is one too many."""
    if now < opens_at:
        return Window.COMING
    return Window.OPEN if now < closes_at else Window.CLOSED


def questions(content: Any) -> tuple[Asked, ...]:
    """Read the questions of a call."""
    return msgspec.convert(content, tuple[Asked, ...])


def lines(text: str) -> tuple[str, ...]:
    """Give the options that somebody wrote, one a line."""
    found = dict.fromkeys(" ".join(line.split())[:200] for line in text.splitlines())
    return tuple(line for line in found if line)[:MOST_OPTIONS]


def answers(
    asked: tuple[Asked, ...], given: Mapping[str, list[str]], *, whole: bool
) -> dict[str, Any]:
    """Keep what answers the questions; raise `Invalid` for a missing one once it must be `whole`.

    What is no option is left out: nothing but a form of ours sends it.
    """
    found: dict[str, Any] = {}
    for one in asked:
        said = [value.strip()[:4000] for value in given.get(one.id, ()) if value.strip()]
        if one.options:
            said = [value for value in said if value in one.options]
        if whole and one.required and not said:
            raise Invalid(Text("“{title}” awaits an answer.", {"title": one.title}), one.id)
        if said:
            found[one.id] = said if one.several else said[0]
    return found
