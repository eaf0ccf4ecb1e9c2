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


def prepares(viewer: Viewer, _about: Any) -> bool:
    """The team, and whoever is entrusted with leading sessions."""
    return viewer.is_staff or "facilitator" in viewer.roles


def anybody(_viewer: Viewer, _about: Any) -> bool:
    """Everybody: what is shown is chosen person by person, field by field."""
    return True


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "house:manage": staff,  # people, memberships, structures, approvals
    "house:prepare": prepares,  # make sessions, lead any, take an import back
    "people:see": anybody,
    "me:edit": signed_in,
    "association:join": signed_in,
    "groups:see": signed_in,
    "gathering:propose": signed_in,
}
