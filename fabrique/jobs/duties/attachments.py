"""The bytes of files that no text of the library has any more are taken out."""

from __future__ import annotations

from datetime import datetime, timedelta

from fabrique.actions.library.files import sweep

EVERY = timedelta(days=1)
SPARED = timedelta(days=1)  # since they came: an act may be about to name them


def run(now: datetime) -> int:
    """Take them out."""
    return sweep(now - SPARED)
