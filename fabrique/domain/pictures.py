"""Pictures of a session: in a `data:` address, whole, or in the media of the instance, by name.

`media:SHA256.png` is how a running instance names what it keeps once on its disk; an archive
carries the picture itself.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from fabrique.domain.text import Invalid, Text

HEAVIEST = 300_000  # bytes: it is sent to every phone
SOURCES = ("src", "small")  # the keys of an `Image` that hold a picture
MEDIA = re.compile(r"media:(?P<name>[0-9a-f]{64}\.(?:png|jpg|webp))")

_ADDRESS = re.compile(
    r"data:image/(?P<kind>png|jpeg|webp|svg\+xml)(?:;[\w=-]+)*;base64,(?P<data>.*)", re.DOTALL
)
_KINDS = {"png": "png", "jpeg": "jpg", "webp": "webp", "svg+xml": "svg"}
_TYPES = {kind: name for name, kind in _KINDS.items()}


def embedded(src: str) -> tuple[str, bytes] | None:
    """Give the kind ("png", "jpg", "webp" or "svg") and the bytes of a base64 `data:` address.

    None for anything else: a document asks no network, and shows the words instead.
    """
    match = _ADDRESS.fullmatch(src)
    if not match:
        return None
    try:
        return _KINDS[match["kind"]], base64.b64decode(match["data"], validate=True)
    except binascii.Error:
        return None


def kind_of(content: bytes) -> str | None:
    """Tell "png", "jpg" or "webp" by the first bytes, whatever the name says."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def carried(kind: str, content: bytes) -> str:
    """Write a picture as a `data:` address."""
    return f"data:image/{_TYPES[kind]};base64,{base64.b64encode(content).decode()}"


def embed(content: bytes) -> str:
    """Write a PNG or a JPEG as a `data:` address; raise `Invalid` for anything else, or heavier."""
    kind = kind_of(content)
    if kind not in ("png", "jpg"):
        raise Invalid(Text("A picture must be a PNG or a JPEG file."))
    if len(content) > HEAVIEST:
        limit = {"limit": HEAVIEST // 1000}
        raise Invalid(Text("A picture has at most {limit} kB: make it smaller.", limit))
    return carried(kind, content)


def media_name(src: str) -> str | None:
    """Give the name of the file that a `media:` address stands for."""
    found = MEDIA.fullmatch(src)
    return found["name"] if found else None


def mark(src: str) -> str | None:
    """Give the name under which a picture is served by itself, if it can be.

    An SVG can not: opened alone it is a page, which may act.
    """
    if name := media_name(src):
        return name
    found = embedded(src)
    if found is None or found[0] == "svg":
        return None
    return f"{hashlib.sha256(found[1]).hexdigest()[:20]}.{found[0]}"


def sources(data: Any) -> Iterator[str]:
    """Give the address of every picture in JSON values."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in SOURCES and isinstance(value, str):
                yield value
            else:
                yield from sources(value)
    elif isinstance(data, list):
        for value in data:
            yield from sources(value)


def readdressed(data: Any, change: Callable[[str], str]) -> Any:
    """Give the same JSON values with the address of every picture changed."""
    if isinstance(data, dict):
        return {
            key: change(value)
            if key in SOURCES and isinstance(value, str)
            else readdressed(value, change)
            for key, value in data.items()
        }
    return [readdressed(value, change) for value in data] if isinstance(data, list) else data
