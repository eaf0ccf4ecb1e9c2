"""A screen that is connected, whatever carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from fabrique.actions.access import Seat
    from fabrique.live.audience import Audience
    from fabrique.live.frames import Frame
    from fabrique.live.hall import Hall

SHOWN_BEAT, HIDDEN_BEAT = 10.0, 25.0  # seconds between heartbeats
SILENCE = 2.5  # periods without a word after which a link is dead


class Link(Protocol):
    """What the hub knows of a screen, and may do to it. Times are seconds of the loop's clock."""

    seat: Seat
    screen: str
    lang: str
    group: str  # the one that a stage is for; empty: what the facilitator chose
    hall: Hall | None
    audience: Audience | None
    seq: int  # what it shows
    missed: set[str] | None  # keys it was too slow to be sent; None if it keeps up
    slow_since: float
    visible: bool
    heard: float
    beat_at: float
    closed: bool

    def write(self, frame: Frame) -> None:
        """Send a frame, or drop it if the link is closed."""

    def backlog(self) -> int:
        """Count the bytes that the network has not taken yet."""

    def pause(self, seconds: float) -> None:
        """Stop listening for a while: the sender is too fast."""

    def bye(self, why: str) -> None:
        """Say why, then close."""

    def abort(self) -> None:
        """Close at once: nobody is there."""


def period(link: Any) -> float:
    """Give the seconds between two heartbeats to this link."""
    return SHOWN_BEAT if link.visible else HIDDEN_BEAT
