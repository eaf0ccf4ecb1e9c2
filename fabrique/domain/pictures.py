"""Pictures carried inside a document: what a `data:` address holds."""

from __future__ import annotations

import base64
import binascii
import re

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
