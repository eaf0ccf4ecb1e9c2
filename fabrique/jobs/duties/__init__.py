"""What the house does by itself, now and then: one file a duty, found by its name.

A duty is a module with `EVERY` (how long it rests) and `run(now) -> int` (how much it did). It is
run when the worker starts, then again and again: it must be harmless to run it twice. Whatever it
has to tell somebody is a row of the outbox (`actions/outbox.py`), kept once by its key.
"""

from __future__ import annotations

import importlib
import pkgutil
from datetime import timedelta
from typing import Protocol


class Duty(Protocol):
    """What a file of this folder holds."""

    EVERY: timedelta

    def run(self, now: object) -> int:
        """Do it; give how much was done."""


def found() -> dict[str, Duty]:
    """Give each duty by the name of its file."""
    names = sorted(one.name for one in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
