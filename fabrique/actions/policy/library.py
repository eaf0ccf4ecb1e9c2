"""Rules over the library: who reads a text, who writes it, who says what they think of a tool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fabrique.actions.policy.gatherings import sees
from fabrique.actions.policy.house import signed_in, staff
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.resource import Kind, State
from fabrique.domain.tier import Tier
from fabrique.store.models import Comment, Resource, ResourceFile, Series


def owns(viewer: Viewer, about: Resource) -> bool:
    """Be the one who proposed it."""
    return viewer.person is not None and about.submitter_id == viewer.person.pk


def reads(viewer: Viewer, about: Resource) -> bool:
    """Whom its audience reaches once it is published; who proposed it and the team, always."""
    if viewer.is_staff or owns(viewer, about):
        return True
    return about.state == State.PUBLISHED and viewer.tier.reaches(Tier(about.audience))


def writes(viewer: Viewer, about: Resource) -> bool:
    """The team; who proposed it, unless the team took it back."""
    return viewer.is_staff or (owns(viewer, about) and about.state != State.WITHDRAWN)


def sees_series(viewer: Viewer, about: Series) -> bool:
    """Whoever sees a gathering of it; where it has none, whoever reads a text of it."""
    if viewer.is_staff:
        return True
    gatherings = about.gatherings.all()
    if gatherings:
        return any(sees(viewer, one) for one in gatherings)
    audiences = about.shelved.values_list("audience", flat=True).distinct()
    return any(viewer.tier.reaches(Tier(one)) for one in audiences)


def opens(viewer: Viewer, about: ResourceFile) -> bool:
    """Whoever reads the text, if the file is among what is published; else who writes it."""
    return (about.public and reads(viewer, about.resource)) or writes(viewer, about.resource)


def asks(viewer: Viewer, about: Resource) -> bool:
    """Whoever reads a text that is published asks for words to be put right or taken out."""
    return about.state == State.PUBLISHED and reads(viewer, about)


def judges(viewer: Viewer, about: Resource) -> bool:
    """Whoever has an account and reads a tool of the toolbox."""
    is_tool = about.kind == Kind.TOOL and about.state == State.PUBLISHED
    return is_tool and viewer.person is not None and reads(viewer, about)


def hears(viewer: Viewer, about: Comment) -> bool:
    """Whoever reads the tool; a hidden comment, its author and the team alone."""
    if viewer.is_staff:
        return True
    own = viewer.person is not None and about.person_id == viewer.person.pk
    return reads(viewer, about.resource) and (own or about.hidden_at is None)


RULES: Mapping[str, Callable[[Viewer, Any], bool]] = {
    "resource:propose": signed_in,
    "resource:read": reads,
    "resource:write": writes,
    "series:see": sees_series,
    "file:open": opens,
    "resource:ask": asks,
    "resource:judge": judges,
    "comment:read": hears,
    "comment:drop": lambda viewer, about: (
        viewer.person is not None and about.person_id == viewer.person.pk
    ),
    "comment:report": lambda viewer, about: viewer.person is not None and hears(viewer, about),
    "theme:new": staff,  # others choose among those there are
    "house:library": staff,  # read what is submitted, publish, withdraw, hide
}
