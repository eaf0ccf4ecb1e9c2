"""What people answered to a poll of slots is erased once it has served."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.actions.polls import forget_old

EVERY = timedelta(days=1)


def run(now: datetime) -> int:
    """Erase those that are old enough."""
    return forget_old(now)
