"""What was asked for a gathering is erased once it has served; the house tidies every day."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.actions.compose.choices import forget_choices
from fabrique.actions.registrations import forget_answers
from fabrique.actions.tidy import tidy

EVERY = timedelta(days=1)


def run(now: datetime) -> int:
    """Erase answers and choices that have served; ask, forget and throw away what is due."""
    tidy(now)
    return forget_answers(now) + forget_choices(now)
