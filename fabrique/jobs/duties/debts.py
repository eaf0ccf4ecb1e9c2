"""People are reminded of what they were entrusted with, and groups of the trace that they owe."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.actions.minutes.reminders import plan

EVERY = timedelta(hours=1)


def run(now: datetime) -> int:
    """Keep the letters of the day in the outbox."""
    return plan(now)
