"""A phone without a screen: one real WebSocket that speaks docs/live-protocol.md."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, Request, TextMessage

Frame = dict[str, Any]


class Phone(asyncio.Protocol):
    """Says hello, answers heartbeats, remembers the runs that are open, and acts."""

    def __init__(self, address: str, token: str, hear: Callable[[Phone, Frame], None]) -> None:
        self.url = urlsplit(address)
        self.token = token
        self.hear = hear
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._text: list[str] = []
        self._connection = WSConnection(ConnectionType.CLIENT)

    @classmethod
    async def connect(cls, address: str, token: str, hear: Callable[[Phone, Frame], None]) -> Phone:
        """Connect to `address` (http://host:port/live/CODE); raise `OSError` where nobody is."""
        url = urlsplit(address)
        loop = asyncio.get_running_loop()
        _, phone = await loop.create_connection(
            lambda: cls(address, token, hear), url.hostname or "127.0.0.1", url.port or 80
        )
        await phone.ready
        return phone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self.transport: Any = transport
        origin = f"{self.url.scheme}://{self.url.netloc}"
        headers = [(b"Origin", origin.encode())]
        self._send(Request(host=self.url.netloc, target=self.url.path, extra_headers=headers))

    def data_received(self, data: bytes) -> None:
        """Take what the hub says."""
        self._connection.receive_data(data)
        for event in self._connection.events():
            match event:
                case AcceptConnection():
                    self._hello()
                case TextMessage():
                    self._message(event)
                case Ping():
                    self._send(event.response())
                case CloseConnection():
                    self.transport.close()
                case _:
                    self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """Remember that the line is cut."""
        self.left.set_result(None)
        if not self.ready.done():
            self.ready.set_exception(error or ConnectionError("refused"))

    def act(self, do: str, **body: Any) -> str:
        """Ask something of the room; give the id of the op."""
        op = secrets.token_hex(8)
        self.say({"op": op, "do": do, **body})
        return op

    def say(self, frame: Frame) -> None:
        """Send a frame, unless the line is cut."""
        if not self.left.done():
            self._send(TextMessage(data=json.dumps(frame)))

    def close(self) -> None:
        """Leave."""
        self.transport.close()

    def _hello(self) -> None:
        hello = {"hello": 1, "token": self.token, "screen": "phone", "lang": "fr"}
        self.say(hello | {"at": None, "visible": True})

    def _message(self, event: TextMessage) -> None:
        self._text.append(event.data)
        if not event.message_finished:
            return
        frame = json.loads("".join(self._text))
        self._text.clear()
        if "beat" in frame:
            self.say({"beat": 1})
        elif "welcome" in frame and not self.ready.done():
            self.ready.set_result(None)
        self.hear(self, frame)

    def _send(self, event: Any) -> None:
        self.transport.write(self._connection.send(event))
