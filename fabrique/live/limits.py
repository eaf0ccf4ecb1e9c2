"""What one sender, and one machine, may take: never counted by address, a theatre has one."""

from __future__ import annotations

import contextlib

RATE = 20.0  # acts a second, sustained
BURST = 100.0  # an outbox that comes back after a cut is sent at once
LEAD = 5  # the animation may do this many times more
TABS = 8  # screens of one participant
SPARE = 0.9  # of the file descriptors: the rest is for files and pages


class Bucket:
    """Acts that one token may still send."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self, now: float, times: int = 1) -> None:
        self._rate = RATE * times
        self._left = BURST * times
        self._at = now

    def take(self, now: float) -> float:
        """Count one act; give the seconds to wait before reading on, 0 if none."""
        self._left = min(self._left + (now - self._at) * self._rate, BURST * self._rate / RATE) - 1
        self._at = now
        return max(0.0, -self._left / self._rate)


def most_connections() -> int:
    """Raise this process's limit of open files as far as allowed; give the sockets that fit."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return 500
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return int(min(soft, 1_000_000) * SPARE)
