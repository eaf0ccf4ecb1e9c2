"""The opening of a WebSocket: which requests are let in, and how frames will be deflated."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from msgspec import Struct
from wsproto.extensions import Extension, PerMessageDeflate
from wsproto.frame_protocol import CloseReason, FrameDecoder, FrameProtocol
from wsproto.utilities import generate_accept_token, split_comma_header

LARGEST = 32 * 1024  # bytes that one piece of a message may inflate to
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PATH = re.compile(rb"/live/([0-9A-Za-z]{4,12})/?(?:\?.*)?\Z", re.DOTALL)
_KEY = re.compile(rb"[A-Za-z0-9+/]{22}==\Z")
# No context is kept on either side: what is broadcast is deflated once for all.
_AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"


class Request(Struct, frozen=True):
    """A request that is let in, and the bytes that say so."""

    code: str
    extensions: list[Extension]
    response: bytes

    @property
    def deflates(self) -> bool:
        """Whether frames may be deflated."""
        return bool(self.extensions)


class Rejected(Exception):  # noqa: N818 - an answer to a browser, not an error of ours
    """The request is not let in; `response` is the HTTP answer."""

    def __init__(self, status: HTTPStatus, *headers: str) -> None:
        super().__init__(status)
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", *headers]
        lines += ["Content-Length: 0", "Connection: close", "", ""]
        self.response = "\r\n".join(lines).encode()


class Inflate(PerMessageDeflate):
    """Deflated messages of a client, which may not become larger than any other."""

    def __init__(self) -> None:
        super().__init__(client_no_context_takeover=True, server_no_context_takeover=True)
        self._enabled = True

    def frame_inbound_payload_data(
        self, _proto: FrameDecoder | FrameProtocol, data: bytes
    ) -> bytes | CloseReason:
        """Inflate a piece, up to the limit."""
        if not self._inbound_compressed or not self._inbound_is_compressible:
            return data
        packer = self._decompressor
        try:
            found = packer.decompress(bytes(data), LARGEST + 1)  # type: ignore[union-attr]
        except Exception:  # noqa: BLE001 - zlib's own error: the data is not deflated
            return CloseReason.INVALID_FRAME_PAYLOAD_DATA
        return CloseReason.MESSAGE_TOO_BIG if len(found) > LARGEST else found


def read(data: bytes, origins: frozenset[str]) -> Request:
    """Judge the request `data`, whole as uvicorn has read it; raise `Rejected`.

    `origins` are those of the instance's own addresses; loopback is let in on its own port.
    """
    first, *lines = data.split(b"\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines)}
    method, path, _ = first.split(b" ", 2)
    found = _PATH.match(path)
    if found is None:
        raise Rejected(HTTPStatus.NOT_FOUND)
    if method != b"GET" or not _KEY.match(headers.get(b"sec-websocket-key", b"")):
        raise Rejected(HTTPStatus.BAD_REQUEST)
    if headers.get(b"sec-websocket-version") != b"13":
        raise Rejected(HTTPStatus.UPGRADE_REQUIRED, "Sec-WebSocket-Version: 13")
    if not is_ours(_text(headers, b"origin"), _text(headers, b"host"), origins):
        raise Rejected(HTTPStatus.FORBIDDEN)
    deflates = _deflate_is_offered(headers.get(b"sec-websocket-extensions", b""))
    extensions: list[Extension] = [Inflate()] if deflates else []
    response = _response(headers[b"sec-websocket-key"], deflates=deflates)
    return Request(found[1].decode().upper(), extensions, response)


def _text(headers: dict[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1").strip().lower()


def is_ours(origin: str, host: str, origins: frozenset[str]) -> bool:
    """Whether a page of this instance asks; loopback may, on its own port."""
    if origin in origins:
        return True
    try:
        where = urlsplit(origin)
        is_loopback = where.scheme in ("http", "https") and where.hostname in LOOPBACK
    except ValueError:
        return False
    return is_loopback and where.netloc == host


def _deflate_is_offered(header: bytes) -> bool:
    """Accept an offer that leaves the server its whole window: any other is left undeflated."""
    for offer in split_comma_header(header):
        name, *wishes = (piece.strip() for piece in offer.split(";"))
        if name == "permessage-deflate" and not any(
            wish.startswith("server_max_window_bits") for wish in wishes
        ):
            return True
    return False


def _response(key: bytes, *, deflates: bool) -> bytes:
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {generate_accept_token(key).decode()}",
    ]
    if deflates:
        lines.append(f"Sec-WebSocket-Extensions: {_AGREED}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
