"""Rules over the programme of a gathering, its call and its venue: the group works, others read.

What each may read of a released programme is worked out item by item from `tier_for`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.gatherings import runs, sees
from fabrique.actions.policy.viewer import Viewer
from fabrique.store.models import Gathering


def picks(viewer: Viewer, about: Gathering) -> bool:
    """Keep items of it in one's own agenda: whoever sees it and has an account."""
    return viewer.person is not None and sees(viewer, about)


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "programme:edit": runs,  # the draft, its rooms, its speakers, its releases
    "programme:pick": picks,
    "contributions:judge": runs,  # the call, what was proposed, decisions
    "venue:search": runs,
}
