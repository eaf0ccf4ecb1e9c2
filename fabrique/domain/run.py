"""A run: one opening of a step, what was frozen by it and what folded into it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct


class Phase(StrEnum):
    """Where a run stands."""

    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


class Run(Struct):
    """One opening of an activity: its definition frozen, its times, and what folded into it."""

    id: str
    definition: Any  # a Definition of the kind's own type
    group: str | None
    opened_at: datetime
    state: Any  # the kind's own
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    revealed_at: datetime | None = None
    sealed: bool = False  # its results were seen: it takes no answer, even hidden again
    joined: set[str] = set()  # present at any time of the run
    staged: int = 0  # the line by which the animation last gave it the stage
    gathered: tuple[str, ...] = ()  # the groups' runs that a plenary one starts from
    before: Run | None = None  # the last opening of the step that was shown to the same people
    paced: bool = False  # open at one's own pace, until the date of the whole session

    @property
    def phase(self) -> Phase:
        """Open, closed or revealed: revealing is separate from closing."""
        if self.revealed_at:
            return Phase.REVEALED
        return Phase.CLOSED if self.closed_at else Phase.OPEN

    def allowance(self, share: float) -> timedelta:
        """Give how much longer one has who was allowed `share` more: only where time decides.

        A date is the same for all.
        """
        if (
            self.paced
            or self.closes_at is None
            or (self.closed_at and self.closed_at < self.closes_at)
        ):
            return timedelta(0)
        return (self.closes_at - self.opened_at) * share

    def accepts(self, at: datetime, grace: timedelta) -> bool:
        """Whether an answer received `at` is in time: before closing (plus grace), never shown."""
        until = min((t for t in (self.closes_at, self.closed_at) if t), default=None)
        return not self.sealed and (until is None or at < until + grace)


class Brought(Struct, frozen=True):
    """What a group brings to a plenary run: its own run, its title, and who is in it now."""

    title: str
    run: Run
    people: frozenset[str] = frozenset()
