"""Seats that were kept for somebody who did not answer go to whoever is next."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.actions.seats import tend

EVERY = timedelta(minutes=1)


def run(now: datetime) -> int:
    """Settle the pools in which an offer has lapsed."""
    return tend(now)
