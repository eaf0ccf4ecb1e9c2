"""Rules over working groups: seen by whoever has an account, kept by those who are in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.viewer import Viewer
from fabrique.store.models import WorkingGroup


def belongs(viewer: Viewer, about: Any) -> bool:
    """Be in the group, or of the team."""
    if viewer.person is None or not isinstance(about, WorkingGroup):
        return False
    return viewer.is_staff or about.members.filter(person=viewer.person, state="in").exists()


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "group:accept": belongs,  # see who is in and who asks, let them in
}
