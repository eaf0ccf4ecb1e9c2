"""Words taken out of foreign files, as our own texts may hold them."""

from __future__ import annotations

import unicodedata

from fabrique.domain.schema import LONGEST

CUT = "…"
_BREAKS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\u2028": "\n", "\u2029": "\n", "\xad": ""}


def plain(text: str, longest: int = LONGEST) -> str:
    """Give lines without blanks around or control characters within, cut where too long."""
    for old, new in _BREAKS.items():
        text = text.replace(old, new)
    kept = "".join(char for char in text if char in "\n\t" or not _is_control(char))
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    found = "\n".join(line for line in lines if line)
    return found if len(found) <= longest else found[: longest - len(CUT)].rstrip() + CUT


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co")
