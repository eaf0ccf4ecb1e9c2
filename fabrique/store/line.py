"""Standing in line to write, first come, first served.

SQLite has those who wait try again after a while, whoever came first: somebody may be passed over
until their patience ends. PostgreSQL keeps a line by itself. This is about fairness alone: it is
the database that counts.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

FILE = "line"
_here = threading.Lock()  # those of this process, before those of all


@contextmanager
def in_line() -> Iterator[None]:
    """Wait for one's turn, among all processes of this instance; enter before a transaction."""
    if connection.vendor != "sqlite":
        yield
        return
    with _here, (settings.DATA / FILE).open("a") as file:  # closing it lets the next one come
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
