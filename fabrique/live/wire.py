"""The sending side of a WebSocket: frames out, and every way to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from wsproto.frame_protocol import CloseReason, FrameProtocol

from fabrique.live.frames import Frame

if TYPE_CHECKING:
    from fabrique.actions.access import Seat
    from fabrique.live.audience import Audience
    from fabrique.live.hall import Hall

CLOSE_WITHIN = 2.0  # seconds for the other side to hang up
HOPELESS = 1024 * 1024  # bytes waiting for a screen that does not read
CODES = {
    "restart": CloseReason.SERVICE_RESTART,
    "full": CloseReason.TRY_AGAIN_LATER,
    "tabs": CloseReason.TRY_AGAIN_LATER,
    "token": CloseReason.POLICY_VIOLATION,
    "protocol": CloseReason.POLICY_VIOLATION,
    "locked": CloseReason.TRY_AGAIN_LATER,
    "expelled": CloseReason.POLICY_VIOLATION,
}


class Wire(asyncio.Protocol):
    """What the hub does to a connected screen (fabrique.live.link.Link)."""

    __slots__ = (
        *("seat", "screen", "lang", "hall", "audience", "seq", "missed", "slow_since", "visible"),
        *("group", "heard", "beat_at", "closed"),
        *("_transport", "_frames", "_deflates", "_timer", "_paused"),
    )
    seat: Seat
    screen: str
    lang: str
    slow_since: float
    heard: float
    beat_at: float
    _transport: Any

    def __init__(self) -> None:
        self._frames: FrameProtocol | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._deflates = self._paused = self.closed = False
        self.seq, self.visible = -1, True
        self.hall: Hall | None = None
        self.group = ""
        self.audience: Audience | None = None
        self.missed: set[str] | None = None

    def write(self, frame: Frame) -> None:
        """Send a frame, or drop it if the link is closed."""
        if self.closed:
            return
        self._put(frame.deflated if self._deflates else frame.plain)

    def _put(self, data: bytes | bytearray) -> None:
        self._transport.write(data)
        if self._transport.get_write_buffer_size() > HOPELESS:
            self.abort()

    def backlog(self) -> int:
        """Count the bytes that the network has not taken yet."""
        size: int = self._transport.get_write_buffer_size()
        return size

    def bye(self, why: str) -> None:
        """Say why, then close."""
        if not self.closed and self._frames is not None:
            self.write(Frame({"bye": why}))
        self._close(CODES[why])

    def abort(self) -> None:
        """Close at once: nobody is there."""
        self.closed = True
        self._transport.abort()

    def _close(self, code: int | None) -> None:
        if self.closed:
            return
        self.closed = True
        if self._frames is not None:
            self._transport.write(self._frames.close(code))
        # What the other side still sends is read and dropped, or it would miss our last words.
        if self._paused:
            self._transport.resume_reading()
        if self._transport.can_write_eof():
            self._transport.write_eof()
            self._set_timer(CLOSE_WITHIN, self._transport.abort)
        else:
            self._transport.close()

    def _set_timer(self, seconds: float | None, do: Any = None, *arguments: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = None if seconds is None else loop.call_later(seconds, do, *arguments)
