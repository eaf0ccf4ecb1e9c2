"""Editing the running order, before the session and while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fabrique.domain import lines, order
from fabrique.domain.change import changed
from fabrique.domain.definitions import definition_data, read_definition
from fabrique.domain.entry import Op
from fabrique.domain.plan import Plan
from fabrique.domain.schema import read
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Refused, Text
from fabrique.live.rules.rule import Draft, Ground, Rule

LONGEST = 200  # steps of a running order


def add(ground: Ground, op: Op) -> list[Draft]:
    """Add a step under an id of the room's own."""
    body = read(op.body, order.Add)
    return _adding(ground, body.step, body.before)


def copy(ground: Ground, op: Op) -> list[Draft]:
    """Add a step like another, after it."""
    step = _step(ground, read(op.body, order.One).step)
    return _adding(ground, definition_data(step), ground.session.plan.after(step.id))


def _adding(ground: Ground, data: Mapping[str, Any], before: str | None) -> list[Draft]:
    plan = ground.session.plan
    if len(plan.steps) >= LONGEST:
        limit = {"limit": LONGEST}
        raise Refused("too_long", Text("A running order has at most {limit} steps.", limit))
    step = _read(ground, {**data, "id": _new_id(ground, plan)})
    return [("step_added", None, order.Added(step=definition_data(step), before=before))]


def _new_id(ground: Ground, plan: Plan) -> str:
    """Give an id that no step has or had: runs are known by the id of their step."""
    taken = {
        one.id for each in (*ground.session.plans, plan) for one in (*each.steps, *each.beside)
    }
    n = ground.session.seq + 1
    while f"s{n}" in taken:
        n += 1
    return f"s{n}"


def edit(ground: Ground, op: Op) -> list[Draft]:
    """Change a step from its next opening on."""
    asked = read(op.body, order.Edit).step
    before = _step(ground, asked.get("id"))
    if asked.get("kind", before.kind) != before.kind:
        raise Invalid(Text("A step keeps its kind: add another one."), ".step.kind")
    after = _read(ground, changed(definition_data(before), asked))
    return [] if after == before else [("step_edited", None, order.Edited(step=asked))]


def _read(ground: Ground, data: dict[str, Any]) -> Definition:
    step = read_definition(data, ground.kinds, ".step")
    for place, one in (("", step), *_asked(step)):
        if not one.title.strip():
            raise Invalid(Text("Write a title here."), f".step{place}.title")
    return step


def _asked(step: Definition) -> Iterator[tuple[str, Any]]:
    for place, question in enumerate(getattr(step, "questions", ())):
        yield f".questions[{place}]", question


def move(ground: Ground, op: Op) -> list[Draft]:
    """Put a step before another, or at the end."""
    body = read(op.body, order.Move)
    _step(ground, body.step)
    if body.before is not None:
        _step(ground, body.before)
    return [("step_moved", None, order.Moved(step=body.step, before=body.before))]


def drop(ground: Ground, op: Op) -> list[Draft]:
    """Take a step out, unless it was opened: what people answered keeps its place."""
    step = _step(ground, read(op.body, order.One).step)
    if ground.session.runs_of(step.id):
        raise Refused("played", Text("This step has been opened: it stays, with its answers."))
    return [("step_dropped", None, order.Dropped(step=step.id))]


def title(_ground: Ground, op: Op) -> list[Draft]:
    """Change what the door says of the session."""
    body = read(op.body, order.Title)
    if body.title is not None and not body.title.strip():
        raise Refused("empty", Text("Give the session a title."))
    return [("titled", None, body)]


def undo(ground: Ground, op: Op) -> list[Draft]:
    """Take back the last change, unless a step that was opened would go."""
    read(op.body, lines.Nothing)
    if not ground.session.plans:
        raise Refused("nothing_to_undo", Text("There is nothing to undo."))
    before = ground.session.plans[-1]
    if any(before.step(run.definition.id) is None for run in ground.session.runs.values()):
        raise Refused("played", Text("This step has been opened: it stays, with its answers."))
    return [("order_undone", None, order.Undone())]


def _step(ground: Ground, step_id: Any) -> Definition:
    found = ground.session.plan.step(step_id)
    if found is None:
        raise Refused("unknown_step", Text("This step is not in the running order."))
    return found


RULES: Mapping[str, Rule] = {
    "order.add": add,
    "order.copy": copy,
    "order.edit": edit,
    "order.move": move,
    "order.drop": drop,
    "order.title": title,
    "order.undo": undo,
}
