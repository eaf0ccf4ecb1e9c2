"""Editing the running order: what is asked, what the journal keeps, what it changes.

A session is prepared as it is run, by acts that the journal keeps: several people may prepare at
once, nothing acknowledged is lost, and any change can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from fabrique.domain.change import changed
from fabrique.domain.entry import Entry
from fabrique.domain.plan import Plan, with_edited, with_moved, with_step, without
from fabrique.domain.schema import Line, Part, read
from fabrique.domain.text import Invalid

if TYPE_CHECKING:
    from fabrique.domain.session import Kinds, Session


class Add(Part, frozen=True):
    """Body of `order.add`: a step in the form of a script, whose id the room gives."""

    step: dict[str, Any]
    before: Line | None = None


class Edit(Part, frozen=True):
    """Body of `order.edit`: the id of a step, and what changes in it (`domain/change.py`).

    The runs it had keep what they opened with.
    """

    step: dict[str, Any]


class Move(Part, frozen=True):
    """Body of `order.move`: before which step, none for the end."""

    step: Line
    before: Line | None = None


class One(Part, frozen=True):
    """Body of `order.drop` and `order.copy`."""

    step: Line


class Title(Part, frozen=True):
    """Body of `order.title`, kept as it is: what is said of the session on its door."""

    title: Line | None = None
    facilitator: Line | None = None
    introduction: Line | None = None


class Added(Part, frozen=True):
    """A step enters the running order."""

    step: dict[str, Any]
    before: Line | None = None


class Edited(Part, frozen=True):
    """A step changes, from its next opening on: its id, and what differs."""

    step: dict[str, Any]


class Moved(Part, frozen=True):
    """A step stands elsewhere."""

    step: Line
    before: Line | None = None


class Dropped(Part, frozen=True):
    """A step leaves the running order."""

    step: Line


class Undone(Part, frozen=True):
    """The last change of the running order is taken back."""


BODIES: dict[str, type[Part]] = {
    "step_added": Added,
    "step_edited": Edited,
    "step_moved": Moved,
    "step_dropped": Dropped,
    "titled": Title,
    "order_undone": Undone,
}


def _added(plan: Plan, entry: Entry, kinds: Kinds) -> Plan:
    activity = kinds.get(entry.body.step.get("kind", ""))
    if activity is None:
        return plan
    step = read(entry.body.step, activity.definition)
    return with_step(plan, step, entry.body.before, beside=activity.always)


def _edited(plan: Plan, entry: Entry, kinds: Kinds) -> Plan:
    step = plan.step(entry.body.step.get("id", ""))
    activity = kinds.get(step.kind) if step else None
    if step is None or activity is None:
        return plan
    data = changed(msgspec.to_builtins(step), entry.body.step)
    try:
        return with_edited(plan, read(data, activity.definition))
    except Invalid:  # it changed what an erased line had brought
        return plan


def _moved(plan: Plan, entry: Entry, _kinds: Kinds) -> Plan:
    return with_moved(plan, entry.body.step, entry.body.before)


def _dropped(plan: Plan, entry: Entry, _kinds: Kinds) -> Plan:
    return without(plan, entry.body.step)


def _titled(plan: Plan, entry: Entry, _kinds: Kinds) -> Plan:
    said = {name: value for name, value in structs.asdict(entry.body).items() if value is not None}
    return structs.replace(plan, **said)


def _changing(make: Callable[[Plan, Entry, Kinds], Plan]) -> Change:
    def change(session: Session, entry: Entry, kinds: Kinds) -> None:
        session.plans.append(session.plan)
        session.plan = make(session.plan, entry, kinds)

    return change


def _undone(session: Session, _entry: Entry, _kinds: Kinds) -> None:
    if session.plans:  # none if the line to undo was erased
        session.plan = session.plans.pop()


Change = Callable[["Session", Entry, "Kinds"], None]
CHANGES: Mapping[str, Change] = {
    "step_added": _changing(_added),
    "step_edited": _changing(_edited),
    "step_moved": _changing(_moved),
    "step_dropped": _changing(_dropped),
    "titled": _changing(_titled),
    "order_undone": _undone,
}
