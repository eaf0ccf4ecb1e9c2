"""What was recorded is taken out on the day that was said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from fabrique.actions.minutes.recording import expire

EVERY = timedelta(hours=6)


def run(now: datetime) -> int:
    """Take out recordings that are no longer to be kept."""
    return expire(timezone.localtime(now).date())
