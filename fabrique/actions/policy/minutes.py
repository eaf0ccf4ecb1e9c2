"""Rules over minutes: who writes them, who reads an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.gatherings import runs
from fabrique.actions.policy.house import prepares
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.tier import Tier
from fabrique.store.models import Edition, Minutes


def writes(viewer: Viewer, about: Minutes) -> bool:
    """The group of its gathering and the team; without a gathering, who leads sessions here."""
    if about.gathering is not None and runs(viewer, about.gathering):
        return True
    return prepares(viewer, None)


def reads(viewer: Viewer, about: Edition) -> bool:
    """Whom its audience reaches today, and those who write it; withdrawn, these alone."""
    if writes(viewer, about.minutes):
        return True
    return about.withdrawn_at is None and viewer.tier.reaches(Tier(about.audience))


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "minutes:write": writes,
    "edition:read": reads,
}
