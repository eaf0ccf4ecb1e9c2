"""What is asked of a session itself, and what its journal keeps of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fabrique.domain.schema import Line, Part, Seconds, Whole


class Enter(Part, frozen=True):
    """Body of `join`."""

    heads: Whole = 1


class Open(Part, frozen=True):
    """Body of `open`: which step, for which group, until when (seconds from now)."""

    step: Line
    group: Line | None = None
    seconds: Seconds | None = None


class Nothing(Part, frozen=True):
    """Body of a verb that needs none."""


class Erase(Part, frozen=True):
    """Body of `redact`."""

    seq: Whole


class Joined(Part, frozen=True):
    """A participant enters for the first time."""

    heads: Whole = 1


class Came(Part, frozen=True):
    """A participant is back."""


class Went(Part, frozen=True):
    """A participant has been away for longer than a cut."""


class Opened(Part, frozen=True):
    """A run opens; `definition` is frozen from now on, in the form of a script's step.

    `paced`: at one's own pace, until the date of the whole session.
    """

    definition: dict[str, Any]
    group: Line | None = None
    closes_at: datetime | None = None
    paced: bool = False


class Closed(Part, frozen=True):
    """A run takes no more answers."""


class Revealed(Part, frozen=True):
    """The results of a run are shown."""


class Staged(Part, frozen=True):
    """The stage shows this run again, instead of what was turned to meanwhile."""


class Refusals(Part, frozen=True):
    """How many ops were refused so far, by reason: written now and then, a stop loses few."""

    refused: dict[str, int]


class Ended(Part, frozen=True):
    """The session is over; how many ops were refused, by reason."""

    refused: dict[str, int] = {}


class Redacted(Part, frozen=True):
    """The line `seq` has been erased in place."""

    seq: Whole


BODIES: dict[str, type[Part]] = {
    "joined": Joined,
    "came": Came,
    "went": Went,
    "opened": Opened,
    "closed": Closed,
    "revealed": Revealed,
    "staged": Staged,
    "refusals": Refusals,
    "ended": Ended,
    "redacted": Redacted,
}
