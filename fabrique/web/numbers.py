"""Whole numbers as people type them in forms."""

from __future__ import annotations

from fabrique.domain.text import Invalid, Text

LONGEST = 9  # digits


def whole(text: str, default: int = 0) -> int:
    """Read a whole number, `default` for what is none."""
    text = text.strip()
    good = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if good else default


def is_whole(text: str) -> bool:
    """Whether a text is a whole number of a few digits."""
    return whole(text, -1) >= 0


def size_of(text: str) -> int | None:
    """Read a number of seats; nothing is no limit. Raises `Invalid`."""
    text = text.strip()
    if not text:
        return None
    if not is_whole(text):
        raise Invalid(Text("A number of seats is a whole number, or nothing for no limit."))
    return whole(text)
