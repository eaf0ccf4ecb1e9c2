"""Whether an error says that nothing could be kept: a full disk, a database that is away.

What is wrong in our own words to the database is not: it stays an error of ours, with its trace.
"""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
OURS = 1  # SQLite's code of what it cannot understand; PostgreSQL's is another class of errors


def unkept(error: Exception) -> bool:
    """Say whether what was sent found no place, for no fault of whoever sent it."""
    if isinstance(error, OSError):
        return error.errno in DISK
    if isinstance(error, OperationalError):
        return getattr(error.__cause__, "sqlite_errorcode", None) != OURS
    return isinstance(error, InterfaceError)
