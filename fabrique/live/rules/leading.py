"""Leading the room: pause it, close its door, say what is done now, write down, give the floor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.domain import conduct
from fabrique.domain.entry import Op
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid, Refused, Text
from fabrique.live.rules.rule import Draft, Ground, Rule


def _kept(kind: str, shape: type[Any], check: Callable[[Ground, Op, Any], None]) -> Rule:
    def rule(ground: Ground, op: Op) -> list[Draft]:
        body = read(op.body, shape)
        check(ground, op, body)
        return [(kind, None, body)]

    return rule


def _anything(_ground: Ground, _op: Op, _body: Any) -> None:
    """Let it pass."""


def _has_words(_ground: Ground, _op: Op, body: conduct.Write) -> None:
    said = body.image.alt if body.image else body.text
    if not said.strip():
        raise Refused("empty", Text("There is nothing written here."))


def _is_here(ground: Ground, op: Op, _body: Any) -> None:
    ground.check_joined(op)


def _is_known(ground: Ground, _op: Op, body: conduct.Whom) -> None:
    if body.participant not in ground.session.people:
        raise Invalid(Text("There is no such participant."), ".participant")


def _may_count(ground: Ground, op: Op, _body: Any) -> None:
    ground.check_joined(op)
    runs = ground.session.runs.values()
    if any(op.participant in ground.kinds[run.definition.kind].answered(run) for run in runs):
        why = Text("You have answered already: the number of people no longer changes.")
        raise Refused("answered", why)


RULES: Mapping[str, Rule] = {
    "freeze": _kept("frozen", conduct.Switch, _anything),
    "lock": _kept("locked", conduct.Switch, _anything),
    "record": _kept("recorded", conduct.Switch, _anything),
    "share": _kept("shared", conduct.Outside, _anything),
    "tell": _kept("told", conduct.Say, _anything),
    "note": _kept("noted", conduct.Write, _has_words),
    "hand": _kept("hand", conduct.Switch, _is_here),
    "allow": _kept("allowed", conduct.Allow, _is_here),
    "heads": _kept("counted", conduct.Count, _may_count),
    "give": _kept("given", conduct.Whom, _is_known),
    "lower": _kept("lowered", conduct.Whom, _is_known),
    "expel": _kept("expelled", conduct.Whom, _is_known),
    "readmit": _kept("readmitted", conduct.Whom, _is_known),
}
