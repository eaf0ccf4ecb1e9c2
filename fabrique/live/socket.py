"""A WebSocket under uvicorn, below ASGI: frames in, frames out, nothing kept per message.

The HTTP request was read by uvicorn; frames are read by wsproto. Per connection this costs a sixth
of the memory of wsproto's whole connection object, and a tenth of the time to say hello.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, ClassVar

from wsproto.frame_protocol import CloseReason, FrameProtocol, Opcode, ParseFailed

from fabrique.actions.access import NoAccess
from fabrique.domain.text import Invalid
from fabrique.live import handshake
from fabrique.live.frames import Frame
from fabrique.live.messages import read_hello, read_object

if TYPE_CHECKING:
    from fabrique.actions.access import Seat
    from fabrique.live.audience import Audience
    from fabrique.live.hall import Hall
    from fabrique.live.hub import Hub

log = logging.getLogger(__name__)

HELLO_WITHIN = 5.0  # seconds
CLOSE_WITHIN = 2.0
LARGEST = 32 * 1024  # bytes of a message, once inflated
HOPELESS = 1024 * 1024  # bytes waiting for a screen that does not read
CODES = {
    "restart": CloseReason.SERVICE_RESTART,
    "full": CloseReason.TRY_AGAIN_LATER,
    "token": CloseReason.POLICY_VIOLATION,
    "protocol": CloseReason.POLICY_VIOLATION,
}


class Socket(asyncio.Protocol):
    """One connected screen: a uvicorn `--ws` protocol class; `serve` binds it to its hub."""

    hub: ClassVar[Hub]
    origins: ClassVar[frozenset[str]] = frozenset()

    __slots__ = (
        *("seat", "screen", "lang", "hall", "audience", "seq", "missed", "slow_since", "visible"),
        *("heard", "beat_at", "closed", "_transport", "_frames", "_deflates", "_code", "_parts"),
        *("_size", "_timer", "_paused", "_connections"),
    )
    seat: Seat
    screen: str
    lang: str
    slow_since: float
    heard: float
    beat_at: float

    def __init__(self, server_state: Any, **_uvicorn: Any) -> None:
        self._connections = server_state.connections
        self._frames: FrameProtocol | None = None
        self._parts: list[str] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._deflates = self._paused = self.closed = False
        self._size, self._code, self.seq, self.visible = 0, "", -1, True
        self.hall: Hall | None = None
        self.audience: Audience | None = None
        self.missed: set[str] | None = None

    # What asyncio and uvicorn call

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a connection whose first request asked for it."""
        self._transport: Any = transport
        self._connections.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget the screen."""
        self.closed = True
        self._set_timer(None)
        self._connections.discard(self)
        self.hub.gone(self)

    def data_received(self, data: bytes) -> None:
        """Read the request that uvicorn hands over, then frames."""
        if self._frames is None:
            self._open(data)
        elif not self.closed:
            self._frames.receive_bytes(data)
            self._read()

    def shutdown(self) -> None:
        """Uvicorn is about to end."""
        self.bye("restart")

    # Opening

    def _open(self, data: bytes) -> None:
        try:
            request = handshake.read(data, self.origins)
        except handshake.Rejected as no:
            self.closed = True
            self._transport.write(no.response)
            self._transport.close()
            return
        self._code, self._deflates = request.code, request.deflates
        self._frames = FrameProtocol(client=False, extensions=request.extensions)
        self._transport.write(request.response)
        if self.hub.stopping or len(self._connections) > self.hub.most:
            self.bye("restart" if self.hub.stopping else "full")
        else:
            self._set_timer(HELLO_WITHIN, self.bye, "protocol")

    # Reading

    def _read(self) -> None:
        try:
            for frame in self._frames.received_frames():  # type: ignore[union-attr]
                self._take(frame)
                if self.closed or self._paused:
                    return
        except ParseFailed as error:
            self._close(error.code)
        except (Invalid, NoAccess) as error:
            self.bye("token" if isinstance(error, NoAccess) else "protocol")
        except Exception:  # one screen's trouble is not another's
            log.exception("A screen could not be heard")
            self._close(CloseReason.INTERNAL_ERROR)

    def _take(self, frame: Any) -> None:
        match frame.opcode:
            case Opcode.TEXT:
                self._take_text(frame)
            case Opcode.PING:
                self._transport.write(self._frames.pong(frame.payload))  # type: ignore[union-attr]
            case Opcode.CLOSE:
                code = frame.payload[0]
                self._close(None if code is CloseReason.NO_STATUS_RCVD else code)
            case Opcode.BINARY:
                self._close(CloseReason.UNSUPPORTED_DATA)

    def _take_text(self, frame: Any) -> None:
        self._size += len(frame.payload.encode())
        if self._size > LARGEST:
            self._close(CloseReason.MESSAGE_TOO_BIG)
        elif not frame.message_finished:
            self._parts = [*(self._parts or ()), frame.payload]
        else:
            text = "".join((*(self._parts or ()), frame.payload))
            self._parts, self._size = None, 0
            self._hear(text)

    def _hear(self, text: str) -> None:
        data = read_object(text)
        if self.hall is not None:
            self.heard = asyncio.get_running_loop().time()
            self.hall.hear(self, data)
        else:
            self._set_timer(None)
            self.hub.arrive(self, self._code, read_hello(data))

    # What the hub does (fabrique.live.link.Link)

    def write(self, frame: Frame) -> None:
        """Send a frame, or drop it if the link is closed."""
        if self.closed:
            return
        self._transport.write(frame.deflated if self._deflates else frame.plain)
        if self._transport.get_write_buffer_size() > HOPELESS:
            self.abort()

    def backlog(self) -> int:
        """Count the bytes that the network has not taken yet."""
        size: int = self._transport.get_write_buffer_size()
        return size

    def pause(self, seconds: float) -> None:
        """Stop listening for a while; what was received waits here, the rest in the network."""
        if not self._paused and not self.closed:
            self._paused = True
            self._transport.pause_reading()
            self._set_timer(seconds, self._resume)

    def _resume(self) -> None:
        self._paused = False
        if not self.closed:
            self._transport.resume_reading()
            self._read()

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
