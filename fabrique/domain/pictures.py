"""Pictures carried inside a document: what a `data:` address holds."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from fabrique.domain.text import Invalid, Text

HEAVIEST = 300_000  # bytes: it is sent to every phone
_MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}

_ADDRESS = re.compile(
    r"data:image/(?P<kind>png|jpeg|svg\+xml)(?:;[\w=-]+)*;base64,(?P<data>.*)", re.DOTALL
)
_KINDS = {"png": "png", "jpeg": "jpg", "svg+xml": "svg"}


def embedded(src: str) -> tuple[str, bytes] | None:
    """Give the kind ("png", "jpg" or "svg") and the bytes of a base64 `data:` address.

    None for anything else: a document asks no network, and shows the words instead.
    """
    match = _ADDRESS.fullmatch(src)
    if not match:
        return None
    try:
        return _KINDS[match["kind"]], base64.b64decode(match["data"], validate=True)
    except binascii.Error:
        return None


def embed(content: bytes) -> str:
    """Write a PNG or a JPEG as a `data:` address; raise `Invalid` for anything else, or heavier."""
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
    if kind is None:
        raise Invalid(Text("A picture must be a PNG or a JPEG file."))
    if len(content) > HEAVIEST:
        limit = {"limit": HEAVIEST // 1000}
        raise Invalid(Text("A picture has at most {limit} kB: make it smaller.", limit))
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def mark(src: str) -> str | None:
    """Give a name for the picture that a `data:` address holds, if it can be served by itself.

    An SVG can not: opened alone it is a page, which may act.
    """
    found = embedded(src)
    if found is None or found[0] == "svg":
        return None
    return f"{hashlib.sha256(found[1]).hexdigest()[:20]}.{found[0]}"
