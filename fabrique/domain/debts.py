"""What is owed: what somebody was entrusted with, and the documentation of each gathering."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from fabrique.domain.text import Text


class Kept(StrEnum):
    """What became of a decision or an action."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    DECIDED = "decided"  # a decision that nothing more is expected of by a day


KEPT_NAMES = {
    Kept.OPEN: Text("to do"),
    Kept.LATE: Text("late"),
    Kept.DONE: Text("done"),
    Kept.DECIDED: Text("decided"),
}


def kept(kind: str, due: date | None, today: date, *, done: bool) -> Kept:
    """Say where a decision or an action is, on a day."""
    if done:
        return Kept.DONE
    if due is not None and due < today:
        return Kept.LATE
    return Kept.DECIDED if kind == "decision" and due is None else Kept.OPEN


class Trace(StrEnum):
    """How far the documentation of a gathering is."""

    NOTHING = "nothing"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    VALIDATED = "validated"
    PUBLISHED = "published"
    EXCUSED = "excused"  # somebody said why there is none


TRACES = {
    Trace.NOTHING: Text("nothing begun"),
    Trace.DRAFT: Text("draft"),
    Trace.REVIEWED: Text("reviewed"),
    Trace.VALIDATED: Text("validated"),
    Trace.PUBLISHED: Text("published"),
    Trace.EXCUSED: Text("no trace"),
}
OVER = frozenset({Trace.PUBLISHED, Trace.EXCUSED})
FURTHEST = tuple(reversed(Trace))  # what counts of several texts about one gathering


def left(due: date, today: date) -> Text:
    """Say how many days are left, or how long it is late."""
    days = (due - today).days
    if days == 0:
        return Text("today")
    n = {"n": abs(days)}
    if days < 0:
        return Text("{n} day late", n, "{n} days late")
    return Text("{n} day left", n, "{n} days left")
