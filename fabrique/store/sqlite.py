"""Which SQLite is used, and whether it may be trusted with a write-ahead log.

SQLite before 3.51.3 (3.50.7 and 3.44.6 apart) can lose a committed write when two connections
write and checkpoint a WAL file at once. There a rollback journal is used: slower, and safe.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

log = logging.getLogger(__name__)

FIXED = (3, 51, 3)
FIXED_BRANCHES: dict[tuple[int, ...], int] = {(3, 50): 7, (3, 44): 6}


def driver() -> ModuleType:
    """Put the newest SQLite at hand under the name `sqlite3`, which Django asks for; give it.

    Call before Django loads its database backend.
    """
    try:
        import pysqlite3  # noqa: PLC0415 - absent where no wheel fits: the gate below then decides
    except ImportError:
        import sqlite3 as pysqlite3  # noqa: PLC0415
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    found: ModuleType = pysqlite3.dbapi2
    return found


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Say whether this version, as (major, minor, patch), keeps what it has committed in a WAL."""
    fixed_patch = FIXED_BRANCHES.get(version[:2])
    return version >= FIXED or (fixed_patch is not None and version[2] >= fixed_patch)


def pragmas(version: tuple[int, ...]) -> list[str]:
    """Give the settings of a connection, safest first: nothing is acknowledged before a sync."""
    mode = "WAL" if wal_is_safe(version) else "DELETE"
    if mode == "DELETE":
        log.warning(
            "SQLite %s may lose writes in WAL mode: using a rollback journal, which is slower. "
            "Installing pysqlite3 brings a newer SQLite.",
            ".".join(map(str, version)),
        )
    return [
        f"PRAGMA journal_mode={mode}",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA wal_autocheckpoint=4000",
    ]


def connect(path: Path) -> Any:
    """Open a connection in autocommit, for one thread at a time.

    Raises the driver's `OperationalError` where the file cannot be opened.
    """
    dbapi = driver()
    connection = dbapi.connect(
        str(path), timeout=5, isolation_level=None, check_same_thread=False, cached_statements=64
    )
    for pragma in pragmas(dbapi.sqlite_version_info):
        connection.execute(pragma)
    return connection
