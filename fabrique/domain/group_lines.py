"""Small groups: what is asked of them, and what the journal keeps.

The outcome of a split is kept whole, chance included: the journal alone says who was where.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from fabrique.domain.schema import LARGEST, Index, Line, Part

MOST = 100  # groups of a room
EACH = "*"  # opens a step for each group, in a run of its own

Titles = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=MOST)]


class Split(Part, frozen=True):
    """Body of `group.split`: by hand `of` says who goes where, the others fill up what is small."""

    groups: Titles | None = None
    count: Annotated[int, Meta(ge=1, le=MOST)] | None = None  # in place of titles: Table 1, 2…
    by: Literal["random", "hand"] = "random"
    seed: Annotated[int, Meta(ge=0, le=LARGEST)] | None = None  # none: that of the act itself
    of: dict[str, Index] = {}


class Put(Part, frozen=True):
    """Body of `group.put`."""

    participant: Line
    group: Line


class Whom(Part, frozen=True):
    """Body of `group.scribe`: the scribe of the group where they are."""

    participant: Line


class Pen(Part, frozen=True):
    """Body of `pen`: I write for my group, or no longer."""

    on: bool


class Step(Part, frozen=True):
    """Body of `group.close`, `group.reveal` and `group.gather`."""

    step: Line


class Show(Part, frozen=True):
    """Body of `group.show`: the only group on the stage; none for all of them."""

    group: Line | None = None


class Named(Part, frozen=True):
    """A group under the room's own id."""

    id: Line
    title: Line


class Grouped(Part, frozen=True):
    """The room is split: every group, and who is in which."""

    groups: tuple[Named, ...]
    of: dict[str, Line]


class Placed(Part, frozen=True):
    """Somebody is in a group, or moves to it."""

    participant: Line
    group: Line


class Scribed(Part, frozen=True):
    """Somebody writes for a group, or nobody does any more."""

    group: Line
    participant: Line | None = None


class Merged(Part, frozen=True):
    """Everybody is back in plenary."""


class Gathered(Part, frozen=True):
    """A plenary run starts from what these runs of groups hold, and they take no more.

    Nothing is copied into the journal: a line of a group that is erased is gone here too.
    """

    runs: tuple[Line, ...]


BODIES: dict[str, type[Part]] = {
    "grouped": Grouped,
    "placed": Placed,
    "scribed": Scribed,
    "merged": Merged,
    "gathered": Gathered,
    "group_shown": Show,
}
