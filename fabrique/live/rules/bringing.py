"""Answers and ideas become cards of another step, in one gesture."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.bringing import Bring, travellers
from fabrique.domain.entry import Op
from fabrique.domain.schema import read
from fabrique.domain.text import Refused, Text
from fabrique.live.rules.rule import Draft, Ground, Rule


def bring(ground: Ground, op: Op) -> list[Draft]:
    """Put up in a run what was written in another; what is there already stays once."""
    body = read(op.body, Bring)
    target = ground.run(op)
    activity = ground.kinds[target.definition.kind]
    if not activity.receives:
        raise Refused("no_cards", Text("This activity has no cards."))
    activity.check(target.definition, body)
    source = ground.session.runs.get(body.source)
    if source is None or source is target:
        raise Refused("unknown_run", Text("This activity is not open in this session."))
    if not travellers(ground.kinds, source, target):
        raise Refused("nothing_to_bring", Text("There is nothing more to bring from there."))
    return [("brought", target.id, body)]


RULES: Mapping[str, Rule] = {"bring": bring}
