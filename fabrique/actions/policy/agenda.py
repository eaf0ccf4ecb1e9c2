"""Rules over what is shown of the agenda, and what leaves the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.gatherings import runs, sees
from fabrique.actions.policy.house import signed_in, staff
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.gathering import State
from fabrique.store.models import Gathering, Registration

SEATED = ("confirmed", "attended")


def joins(viewer: Viewer, about: Gathering) -> bool:
    """Know how to get in: its group; once it is published, whom its door lets in."""
    if runs(viewer, about):
        return True
    if State(about.state) is not State.PUBLISHED or not sees(viewer, about):
        return False
    return about.door == "open" or registered(viewer, about)


def registered(viewer: Viewer, about: Gathering) -> bool:
    """Hold a seat of it."""
    if viewer.person is None:
        return False
    seats = Registration.objects.filter(gathering=about, person=viewer.person, state__in=SEATED)
    return seats.exists()


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "gathering:join": joins,
    "feed:own": signed_in,
    "house:messages": staff,
    "house:spotted": staff,
}
