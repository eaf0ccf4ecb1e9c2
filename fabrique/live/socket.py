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
from fabrique.live.messages import read_hello, read_object
from fabrique.live.wire import Wire

if TYPE_CHECKING:
    from fabrique.live.hub import Hub

log = logging.getLogger(__name__)

HELLO_WITHIN = 5.0  # seconds
LARGEST = 32 * 1024  # bytes of a message, once inflated


class Socket(Wire):
    """One connected screen: a uvicorn `--ws` protocol class; `serve` binds it to its hub."""

    hub: ClassVar[Hub]
    origins: ClassVar[frozenset[str]] = frozenset()

    __slots__ = ("_code", "_connections", "_parts", "_size")

    def __init__(self, server_state: Any, **_uvicorn: Any) -> None:
        super().__init__()
        self._connections = server_state.connections
        self._parts: list[str] | None = None
        self._size, self._code = 0, ""

    # What asyncio and uvicorn call

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a connection whose first request asked for it."""
        self._transport = transport
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
                self._put(self._frames.pong(frame.payload))  # type: ignore[union-attr]
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
            self._parts = self._parts or []
            if frame.payload:
                self._parts.append(frame.payload)
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

    # What the hub does, beside what every wire does

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
