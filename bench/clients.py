"""Light clients: a raw socket each, frames cut but not read, so that the clients cost little."""

from __future__ import annotations

import asyncio
import json
import os
import time
from typing import Any
from urllib.parse import urlsplit

SMALL, MEDIUM = 126, 127


class Client(asyncio.Protocol):
    """One screen: keeps when each frame came, in monotonic nanoseconds."""

    def __init__(self, address: str, token: str, screen: str = "phone") -> None:
        self.url = urlsplit(address)
        self.hello = {"hello": 1, "token": token, "screen": screen, "lang": "fr"}
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.frames: list[tuple[int, bytes]] = []
        self.left = False
        self._buffer = b""
        self._open = False

    def connection_made(self, transport: Any) -> None:
        """Ask for the upgrade, without offering to compress."""
        self.transport = transport
        host = self.url.netloc
        transport.write(
            f"GET {self.url.path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nOrigin: http://{host}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Cut frames; the first one after the hello makes the client ready."""
        at = time.monotonic_ns()
        self._buffer += data
        if not self._open and not self._upgraded():
            return
        while (frame := self._cut()) is not None:
            if b'"beat"' in frame[:10]:
                self.send({"beat": 1})
            else:
                self.frames.append((at, frame))
            if not self.ready.done():
                self.ready.set_result(None)

    def connection_lost(self, _error: Exception | None) -> None:
        """Remember that the line is cut."""
        self.left = True

    def send(self, value: dict[str, Any]) -> None:
        """Send a masked text frame."""
        payload = json.dumps(value).encode()
        size, mask = len(payload), os.urandom(4)
        head = bytes((0x81, 0x80 | min(size, SMALL)))
        head += size.to_bytes(2, "big") if size >= SMALL else b""
        self.transport.write(head + mask + bytes(b ^ mask[i & 3] for i, b in enumerate(payload)))

    def _upgraded(self) -> bool:
        head, found, self._buffer = self._buffer.partition(b"\r\n\r\n")
        if not found:
            self._buffer = head
            return False
        if b" 101 " not in head:
            raise ConnectionError(head)
        self._open = True
        self.send(self.hello | {"at": None, "visible": True})
        return True

    def _cut(self) -> bytes | None:
        data = self._buffer
        if len(data) < 2:  # noqa: PLR2004 - a frame's shortest header
            return None
        size, start = data[1], 2
        if size >= SMALL:
            start = 4 if size == SMALL else 10
            size = int.from_bytes(data[2:start], "big")
        if len(data) < start + size:
            return None
        self._buffer = data[start + size :]
        return data[start : start + size]


async def connect(address: str, token: str, screen: str = "phone") -> Client:
    """Connect one screen and wait until the hub has answered its hello."""
    url = urlsplit(address)
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(
        lambda: Client(address, token, screen), url.hostname, url.port
    )
    await asyncio.wait_for(client.ready, 30)
    return client
