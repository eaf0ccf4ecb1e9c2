"""A journal that lasts as long as a block, for a script that is played where no instance is.

It is the journal of every instance, on the same settings; only its tables are made without Django,
which would take longer to load than the script takes to play.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fabrique.domain.session import Kinds
from fabrique.store import sqlite
from fabrique.store.journal import Journal

TABLES = Path(__file__).with_name("journal.sql")


@contextmanager
def scratch(kinds: Kinds) -> Iterator[Journal]:
    """Give an empty journal, gone after the block with all it held."""
    with tempfile.TemporaryDirectory(prefix="fabrique-") as folder:
        path = Path(folder) / "journal.sqlite3"
        _make_tables(path)
        journal = Journal(path, kinds)
        try:
            yield journal
        finally:
            journal.close()


def _make_tables(path: Path) -> None:
    connection = sqlite.connect(path)
    try:
        connection.executescript(TABLES.read_text(encoding="utf-8"))
    finally:
        connection.close()
