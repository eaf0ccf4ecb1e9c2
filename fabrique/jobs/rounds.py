"""Work that waits in rows, done beside what sends: one after the other, until the house stops."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connections

log = logging.getLogger(__name__)


def rounds(once: Callable[[threading.Event], bool], stop: threading.Event, rest: float) -> None:
    """Do what waits by `once`, which says whether there was some; look again after `rest` seconds.

    What breaks it is written down, and the next look comes as if nothing had waited.
    """
    while not stop.is_set():
        did = False
        try:
            did = once(stop)
        except Exception:
            log.exception("%s broke; the next look comes in %s s", once.__module__, rest)
        finally:
            connections.close_all()
        if not did:
            stop.wait(rest)
