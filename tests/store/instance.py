"""An instance of its own for the tests of this process, and journals made from its empty one."""

import importlib
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import django

from bench.prepared import begin

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # the night when Paris loses an hour


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@cache
def instance() -> Path:
    """Give the data folder of this process, its databases made."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    kept, by = os.environ.get("FABRIQUE_DATA"), os.environ.get("FABRIQUE_TESTED", "")
    # What the tests start is given theirs; another worker, started by whoever has one, is not.
    if kept is None or (by.endswith(f":{kept}") and by != f"{worker}:{kept}"):
        kept = os.environ["FABRIQUE_DATA"] = tempfile.mkdtemp(prefix="fabrique-")
        os.environ["FABRIQUE_TESTED"] = f"{worker}:{kept}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.settings")
    begin(Path(kept))
    django.setup()
    prepare = importlib.import_module("fabrique.store.prepare")
    prepare.prepare()
    prepare.collect_static()
    return Path(os.environ["FABRIQUE_DATA"])


@cache
def _empty() -> Path:
    """A journal file nobody has written to."""
    instance()
    connect = importlib.import_module("fabrique.store.sqlite").connect
    template = Path(tempfile.mkdtemp(prefix="fabrique-")) / "empty.sqlite3"
    source = connect(django.conf.settings.DATABASES["journal"]["NAME"])
    source.execute("VACUUM INTO ?", (str(template),))
    source.close()
    cleaned = connect(template)
    cleaned.executescript(
        "DELETE FROM store_entry; DELETE FROM store_participant; DELETE FROM store_session"
    )
    cleaned.close()
    return template


def fresh_journal_file(folder: Path) -> Path:
    return Path(shutil.copy(_empty(), folder / "journal.sqlite3"))
