"""What somebody who is signed in, or nobody, may do with what the association owns.

One question, `allowed`; one file of answers a noun. What no rule grants is refused. Seats in a
session have their own gate, `fabrique/actions/access.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.access import NoAccess
from fabrique.actions.policy import agenda, days, gatherings, groups, house, library, minutes
from fabrique.actions.policy.viewer import Viewer

Rule = Callable[[Viewer, Any], bool]
FAMILIES: tuple[Mapping[str, Rule], ...] = (
    house.RULES,
    gatherings.RULES,
    groups.RULES,
    agenda.RULES,
    days.RULES,
    minutes.RULES,
    library.RULES,
)
RULES: Mapping[str, Rule] = {act: rule for family in FAMILIES for act, rule in family.items()}


def allowed(viewer: Viewer, act: str, about: Any = None) -> bool:
    """Say whether `viewer` may do `act` to `about`; no to an act that no rule names."""
    rule = RULES.get(act)
    return rule is not None and rule(viewer, about)


def require(viewer: Viewer, act: str, about: Any = None) -> None:
    """Raise `NoAccess` unless `viewer` may do `act` to `about`."""
    if not allowed(viewer, act, about):
        raise NoAccess
