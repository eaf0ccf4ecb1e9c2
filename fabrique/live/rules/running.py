"""Opening, closing, showing: the life of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from fabrique.domain import lines
from fabrique.domain.conduct import Concealed, Extended, More
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import Op
from fabrique.domain.group_lines import EACH
from fabrique.domain.schema import read
from fabrique.domain.text import Refused, Text
from fabrique.live.rules.grouping import current
from fabrique.live.rules.rule import Draft, Ground, Rule, run_id
from fabrique.live.rules.tables import each


def start(ground: Ground, op: Op) -> list[Draft]:
    """Open a step, for as long as asked, else for as long as was prepared."""
    body = read(op.body, lines.Open)
    definition = ground.session.plan.step(body.step)
    if definition is None:
        raise Refused("unknown_step", Text("This step is not in the running order."))
    groups = each(ground, body.step) if body.group == EACH else [_free(ground, body)]
    seconds = definition.seconds if body.seconds is None else body.seconds
    until = None if seconds is None else op.at + timedelta(seconds=seconds)
    data = definition_data(definition)
    opened = (lines.Opened(data, group, until) for group in groups)
    return [("opened", run_id(ground.session, n), body) for n, body in enumerate(opened, 1)]


def _free(ground: Ground, body: lines.Open) -> str | None:
    """Give the group for which a step opens, all together without one; raise `Refused`."""
    group = None if body.group is None else current(ground, body.group).id
    still = {run.group for run in ground.session.runs_of(body.step) if run.closed_at is None}
    # What is open to all is not open to a group besides, nor the other way round.
    if still & ({group, None} if group else still):
        raise Refused("already_open", Text("This step is already open."))
    return group


def close(ground: Ground, op: Op) -> list[Draft]:
    """Take no more answers."""
    read(op.body, lines.Nothing)
    run = ground.run(op)
    if run.closed_at:
        raise Refused("already_closed", Text("This activity is already closed."))
    return [("closed", run.id, lines.Closed())]


def reveal(ground: Ground, op: Op) -> list[Draft]:
    """Show the results to all; what was open closes first."""
    read(op.body, lines.Nothing)
    run = ground.run(op)
    if run.revealed_at:
        raise Refused("already_revealed", Text("The results are already shown."))
    closing: list[Draft] = [] if run.closed_at else [("closed", run.id, lines.Closed())]
    return [*closing, ("revealed", run.id, lines.Revealed())]


def conceal(ground: Ground, op: Op) -> list[Draft]:
    """Hide the results again; the run stays closed."""
    read(op.body, lines.Nothing)
    run = ground.run(op)
    if not run.revealed_at:
        raise Refused("not_revealed", Text("The results are not shown."))
    return [("concealed", run.id, Concealed())]


def stage(ground: Ground, op: Op) -> list[Draft]:
    """Give the stage to a run again."""
    read(op.body, lines.Nothing)
    return [("staged", ground.run(op).id, lines.Staged())]


def extend(ground: Ground, op: Op) -> list[Draft]:
    """Give more time; to a run without a closing time, that much from now."""
    body = read(op.body, More)
    run = ground.run(op)
    if run.closed_at:
        raise Refused("already_closed", Text("This activity is already closed."))
    if run.paced:
        said = Text("This closes on the date of the session: change the date instead.")
        raise Refused("at_pace", said)
    more = timedelta(seconds=body.seconds)
    return [("extended", run.id, Extended(max(run.closes_at or op.at, op.at) + more))]


RULES: Mapping[str, Rule] = {
    "open": start,
    "close": close,
    "reveal": reveal,
    "stage": stage,
    "conceal": conceal,
    "extend": extend,
}
