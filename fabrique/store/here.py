"""The instance's journal, for whoever asks from a page, a command or a thread of the hub."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
from django.conf import settings

from fabrique.domain.definitions import read_plan
from fabrique.domain.registry import discover
from fabrique.domain.session import Kinds, Plan
from fabrique.store.journal import Head, Journal

_threads = threading.local()


def kinds() -> Kinds:
    """Give every kind of activity this house has."""
    found: Kinds = discover("fabrique.activities")
    return found


def opened() -> Journal:
    """Open the instance's journal anew: for a thread that closes it itself."""
    return Journal(Path(settings.DATABASES["journal"]["NAME"]), kinds())


def here() -> Journal:
    """Give this thread's own connection to the journal, opened at the first call."""
    path = settings.DATABASES["journal"]["NAME"]
    if getattr(_threads, "path", None) != path:
        _threads.path, _threads.journal = path, opened()
    found: Journal = _threads.journal
    return found


def plan_of(head: Head) -> Plan:
    """Read the plan of a session; raise `Invalid` if this house has lost one of its kinds."""
    return read_plan(msgspec.json.decode(head.plan), kinds())
