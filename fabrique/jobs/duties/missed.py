"""What was not released or sent in time is marked as missed: never sent late."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.store.models import Dispatch

EVERY = timedelta(minutes=1)


def run(now: datetime) -> int:
    """Mark the drafts, and what waited for a mail server, whose time is over."""
    late = Dispatch.objects.filter(state__in=("draft", "released"), stale_at__lt=now)
    return late.update(state="missed")
