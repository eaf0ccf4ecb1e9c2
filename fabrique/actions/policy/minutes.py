"""Rules over minutes: who writes them, who reads an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.gatherings import runs
from fabrique.actions.policy.house import prepares
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.tier import Tier
from fabrique.store.models import Commitment, Edition, Minutes


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


def follows(viewer: Viewer, about: Commitment) -> bool:
    """Whoever reads the edition that tells of it, and whoever was entrusted with it."""
    if about.edition is None:
        return False
    return reads(viewer, about.edition) or (
        about.edition.withdrawn_at is None and entrusted(viewer, about)
    )


def entrusted(viewer: Viewer, about: Commitment) -> bool:
    """Be the one who does it."""
    return viewer.person is not None and about.owner_id == viewer.person.pk


def settles(viewer: Viewer, about: Commitment) -> bool:
    """Say that it is done, give it another date: its owner, and those who write the text."""
    return follows(viewer, about) and (entrusted(viewer, about) or writes(viewer, about.minutes))


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "minutes:write": writes,
    "edition:read": reads,
    "commitment:read": follows,
    "commitment:settle": settles,
}
