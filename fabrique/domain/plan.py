"""What was prepared: titles, times, the running order; and how a running order is edited."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from fabrique.domain.schema import Line, Part, Whole
from fabrique.domain.step import Definition

Steps = tuple[Definition, ...]


class Participant(Part, frozen=True):
    """A line of the side table of names: who a participant id stands for, and for how many."""

    id: Line
    name: Line
    heads: Whole = 1
    group: Line | None = None


class Plan(Part, frozen=True, omit_defaults=False):
    """What was prepared: titles, times, the running order, and what is open all along."""

    title: Line
    kind: Line
    language: Line
    starts_at: datetime
    timezone: Line = "Europe/Paris"
    facilitator: Line = ""
    introduction: Line = ""
    notice: Line = ""  # shown on every screen: "simulated participants", for one
    steps: Steps = ()
    beside: Steps = ()  # chat, slides: opened at the start, closed at the end

    def step(self, step_id: str) -> Definition | None:
        """Find a step or an activity beside the running order by its id."""
        return next((one for one in (*self.steps, *self.beside) if one.id == step_id), None)

    def after(self, step_id: str) -> str | None:
        """Give the id of the step that follows; None after the last."""
        ids = [one.id for one in self.steps]
        place = ids.index(step_id) + 1 if step_id in ids else len(ids)
        return ids[place] if place < len(ids) else None


def with_step(plan: Plan, step: Definition, before: str | None, *, beside: bool) -> Plan:
    """Add a step before another, at the end without one; beside the order where it belongs."""
    if beside:
        return structs.replace(plan, beside=(*plan.beside, step))
    return structs.replace(plan, steps=_put(plan.steps, step, before))


def with_edited(plan: Plan, step: Definition) -> Plan:
    """Put `step` in the place of the one with its id."""
    steps, beside = (
        tuple(step if one.id == step.id else one for one in row)
        for row in (plan.steps, plan.beside)
    )
    return structs.replace(plan, steps=steps, beside=beside)


def with_moved(plan: Plan, step_id: str, before: str | None) -> Plan:
    """Bring a step before another, to the end without one; nothing moves if it is not there."""
    moving = next((one for one in plan.steps if one.id == step_id), None)
    if moving is None or before == step_id:
        return plan
    rest = tuple(one for one in plan.steps if one.id != step_id)
    return structs.replace(plan, steps=_put(rest, moving, before))


def without(plan: Plan, step_id: str) -> Plan:
    """Take a step out."""
    steps, beside = (
        tuple(one for one in row if one.id != step_id) for row in (plan.steps, plan.beside)
    )
    return structs.replace(plan, steps=steps, beside=beside)


def _put(steps: Steps, step: Definition, before: str | None) -> Steps:
    ids = [one.id for one in steps]
    place = ids.index(before) if before in ids else len(ids)
    return (*steps[:place], step, *steps[place:])
