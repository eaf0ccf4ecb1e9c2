"""Rules over one gathering. Its audience is compared with the tier of its own day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.gathering import PUBLIC, State
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering, Pool


def day_of(gathering: Gathering, today: date) -> date:
    """Give the day on which tiers are judged: the gathering's, today while it has none."""
    if gathering.starts_at is None:
        return today
    return gathering.starts_at.astimezone(ZoneInfo(gathering.zone)).date()


def tier_for(viewer: Viewer, gathering: Gathering) -> Tier:
    """Say what somebody is to the association on the day of a gathering."""
    return viewer.tier_on(day_of(gathering, viewer.today))


def sees(viewer: Viewer, about: Gathering) -> bool:
    """See that it exists: its group and the team always, others once it is announced."""
    if organises(viewer, about) or viewer.is_staff:
        return True
    if State(about.state) not in PUBLIC:
        return False
    return tier_for(viewer, about).reaches(Tier(about.audience))


def organises(viewer: Viewer, about: Gathering) -> bool:
    """Be of its organising group, or be the one who proposed it."""
    if viewer.person is None:
        return False
    return about.proposer_id == viewer.person.pk or str(about.pk) in viewer.organises


def runs(viewer: Viewer, about: Gathering) -> bool:
    """Be of its organising group, or of the team."""
    return organises(viewer, about) or viewer.is_staff


def opens_antenna(viewer: Viewer, about: Gathering) -> bool:
    """Whoever has an account and sees it, once it is announced."""
    return viewer.person is not None and State(about.state) in PUBLIC and sees(viewer, about)


def hosts(viewer: Viewer, about: Pool) -> bool:
    """Welcome the people of one antenna, and see who they are: its host alone, once it is public.

    Its group and the team have the whole list, by a rule of their own.
    """
    if viewer.person is None or about.kind != "antenna":
        return False
    return about.host_id == viewer.person.pk and opens_antenna(viewer, about.gathering)


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "gathering:see": sees,
    "gathering:draft": organises,  # what it says before the team has it
    "gathering:organise": runs,
    "gathering:registrations": runs,
    "gathering:antenna": opens_antenna,
    "antenna:host": hosts,
    "gathering:host": runs,  # its console, its video
    "gathering:host-link": organises,  # what makes whoever holds it the host: a secret of the group
    "gathering:approve": lambda viewer, _about: viewer.is_staff,
}
