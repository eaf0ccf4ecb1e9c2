"""Rules over the house as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.viewer import Viewer


def signed_in(viewer: Viewer, _about: Any) -> bool:
    """Whoever has an account."""
    return viewer.person is not None


def staff(viewer: Viewer, _about: Any) -> bool:
    """The team and the board."""
    return viewer.is_staff


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "house:manage": staff,  # people, memberships, structures, approvals
    "gathering:propose": signed_in,
}
