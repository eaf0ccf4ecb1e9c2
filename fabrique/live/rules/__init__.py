"""The rules of the room, one file a subject: what may be asked of the session itself."""

from __future__ import annotations

from fabrique.live.rules import (
    bringing,
    grouping,
    keeping,
    leading,
    pacing,
    preparing,
    running,
    tables,
)
from fabrique.live.rules.rule import Draft, Rule

__all__ = ["RULES", "Draft", "Rule"]

RULES: dict[str, Rule] = {
    **keeping.RULES,
    **running.RULES,
    **leading.RULES,
    **grouping.RULES,
    **tables.RULES,
    **bringing.RULES,
    **preparing.RULES,
    **pacing.RULES,
}
