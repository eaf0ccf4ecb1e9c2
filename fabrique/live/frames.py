"""Frames for many: encoded once, deflated once, the same bytes written to every screen."""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import Any

import msgspec

SMALLEST = 256  # bytes under which deflating costs more than it saves
_TEXT = 0x81  # FIN and opcode 1
_DEFLATED = 0x40  # RSV1: this message is deflated (RFC 7692)
_encode = msgspec.json.Encoder().encode


class Frame:
    """A text message, from JSON values, ready to be written by a server."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.payload = _encode(value)

    @cached_property
    def plain(self) -> bytes:
        """The bytes for a connection that did not agree on deflating."""
        return framed(self.payload)

    @cached_property
    def deflated(self) -> bytes:
        """The bytes for one that did; no context is kept, so they are the same for all."""
        if len(self.payload) < SMALLEST:
            return self.plain
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(self.payload) + packer.flush(zlib.Z_SYNC_FLUSH)
        return framed(packed[:-4], _TEXT | _DEFLATED)


def framed(payload: bytes, first: int = _TEXT) -> bytes:
    """Put the header of an unmasked frame (RFC 6455, 5.2) before `payload`."""
    size = len(payload)
    if size < 126:  # noqa: PLR2004 - the format's own limits
        return bytes((first, size)) + payload
    if size < 65536:  # noqa: PLR2004
        return bytes((first, 126)) + size.to_bytes(2, "big") + payload
    return bytes((first, 127)) + size.to_bytes(8, "big") + payload
