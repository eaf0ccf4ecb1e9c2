"""People who registered are reminded before, and thanked after, as gatherings now stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.actions.reminders import plan

EVERY = timedelta(minutes=5)


def run(now: datetime) -> int:
    """Keep the letters of the coming day in the outbox."""
    return plan(now)
