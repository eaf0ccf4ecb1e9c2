"""What was heard, as WebVTT: nobody is named yet."""

from __future__ import annotations

from collections.abc import Sequence

from fabrique.domain.recut import Cue

HOUR, MINUTE, SECOND = 3_600_000, 60_000, 1_000


def webvtt(cues: Sequence[Cue]) -> bytes:
    """Give the file."""
    blocks = [f"{_time(start)} --> {_time(end)}\n{_safe(text)}\n" for start, end, text in cues]
    return "\n".join(["WEBVTT\n", *blocks]).encode()


def _time(at: int) -> str:
    hours, minutes = divmod(at // MINUTE, 60)
    return f"{hours:02d}:{minutes:02d}:{at % MINUTE // SECOND:02d}.{at % SECOND:03d}"


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
