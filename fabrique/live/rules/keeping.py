"""Who comes and goes, what opens by itself, and what ends or erases."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain import lines
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import Op
from fabrique.domain.schema import read
from fabrique.domain.text import Refused, Text
from fabrique.live.rules.grouping import newcomer
from fabrique.live.rules.rule import Draft, Ground, Rule, closing, run_id


def join(ground: Ground, op: Op) -> list[Draft]:
    """Let somebody in; those who are back are let in even when the door is locked."""
    body = read(op.body, lines.Enter)
    if op.participant in ground.session.people:
        ground.check_joined(op)
        return [("came", None, lines.Came()), *newcomer(ground, op.participant)]
    if ground.session.conduct.locked:
        raise Refused("locked", Text("The facilitator has closed the door to newcomers."))
    return [("joined", None, lines.Joined(body.heads)), *newcomer(ground, op.participant)]


def leave(ground: Ground, op: Op) -> list[Draft]:
    """Keep that somebody has been away for longer than a cut."""
    read(op.body, lines.Nothing)
    ground.check_known(op)
    return [("went", None, lines.Went())]


def begin(ground: Ground, op: Op) -> list[Draft]:
    """Open what is beside the running order: chat, slides."""
    read(op.body, lines.Nothing)
    session = ground.session
    beside = [one for one in session.plan.beside if not session.runs_of(one.id)]
    opened = (lines.Opened(definition_data(one)) for one in beside)
    return [("opened", run_id(session, n), body) for n, body in enumerate(opened, 1)]


def tally(ground: Ground, op: Op) -> list[Draft]:
    """Keep the count of refusals: it is all that a refused op leaves."""
    read(op.body, lines.Nothing)
    if ground.refused == ground.session.refused:
        return []
    return [("refusals", None, lines.Refusals(refused=dict(ground.refused)))]


def end(ground: Ground, op: Op) -> list[Draft]:
    """Close all that is open, and the session."""
    read(op.body, lines.Nothing)
    ended = ("ended", None, lines.Ended(dict(ground.refused)))
    return [*closing(ground.session.open_runs()), ended]


def redact(ground: Ground, op: Op) -> list[Draft]:
    """Erase a line: its place stays, its content goes."""
    body = read(op.body, lines.Erase)
    if body.seq > ground.session.seq:
        raise Refused("unknown_line", Text("There is no such line in the journal."))
    return [("redacted", None, lines.Redacted(body.seq))]


RULES: Mapping[str, Rule] = {
    "join": join,
    "leave": leave,
    "begin": begin,
    "tally": tally,
    "end": end,
    "redact": redact,
}
