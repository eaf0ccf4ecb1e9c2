"""How good a plan of tables is, in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.text import Text

NOBODY = Text("Nobody meets twice.")
TWICE = Text("{n} meeting happens twice.", {}, "{n} meetings happen again.")
LEAST = Text(
    "{n} meeting happens twice: no plan has fewer.",
    {},
    "{n} meetings happen again: no plan has fewer.",
)
ABOVE = Text(
    "{n} meeting happens twice; at least {least} cannot be avoided.",
    {},
    "{n} meetings happen again; at least {least} cannot be avoided.",
)
BEST = Text("Nobody could be mixed better.")
NEAR = Text("The mix is within {percent} % of the best possible.")


def worth(plan: Mapping[str, Any]) -> list[Text]:
    """Say what is known of repeats, then of the mix; both compared with what no plan can beat."""
    value, bound = plan["value"], plan.get("bound") or {}
    said = [_repeats(value["repeats"], bound.get("repeats"))]
    if bound.get("mix"):
        said.append(_mix(value["mix"], bound["mix"]))
    return said


def _repeats(found: int, least: int | None) -> Text:
    if found == 0:
        return NOBODY
    if least is None or least == 0:
        return Text(TWICE.msgid, {"n": found}, TWICE.plural)
    if found == least:
        return Text(LEAST.msgid, {"n": found}, LEAST.plural)
    return Text(ABOVE.msgid, {"n": found, "least": least}, ABOVE.plural)


def _mix(found: int, least: int) -> Text:
    if found <= least:
        return BEST
    tenths = -(-1000 * (found - least) // least)  # rounded up: never better than it is
    return Text(NEAR.msgid, {"percent": tenths / 10 if tenths % 10 else tenths // 10})
