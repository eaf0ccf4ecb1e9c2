"""Moments of a recording as people type them."""

from __future__ import annotations

import re

from fabrique.domain.text import Invalid, Text

CLOCK = re.compile(r"\A(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\Z")


def moment_of(typed: str, where: str = "until") -> int:
    """Read a moment as people write it, 1:00 or 1:02:33; in milliseconds. Raises `Invalid`."""
    parts = CLOCK.match(typed.strip())
    if parts is None:
        raise Invalid(Text("Write a moment as 1:00, or 1:02:33."), where)
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
