"""Video links that wait to be had, or are to be tried again, are had."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.jobs.video import run_due

EVERY = timedelta(seconds=30)


def run(now: datetime) -> int:
    """Have those whose time has come."""
    return run_due(now)
