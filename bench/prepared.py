"""An instance nobody has used yet, made once for all that begin with one: its tables take seconds.

It lies in the folder of temporary files, under the sum of what makes it: another version of the
migrations is another instance.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fabrique

HERE = Path(fabrique.__file__).parent
MAKE = """import django; django.setup()
from django.db import connections
from fabrique.store.prepare import collect_static, prepare
prepare(); collect_static()
for one in connections.all(): one.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
connections.close_all()"""
KEPT = ("fabrique.sqlite3", "journal.sqlite3", "static")  # never the secret: each makes its own


def begin(folder: Path) -> None:
    """Put empty tables and static files into `folder`, unless it has tables already."""
    if os.environ.get("FABRIQUE_DATABASE_URL") or (folder / KEPT[0]).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    made = _made()
    for name in KEPT[1:]:
        source = made / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        else:
            shutil.copy2(source, folder / name)
    shutil.copy2(made / KEPT[0], folder / KEPT[0])


@cache
def _made() -> Path:
    """Find it, or make it; others who want it meanwhile wait."""
    place = Path(tempfile.gettempdir()) / f"fabrique-empty-{os.getuid()}-{_sum()}"
    with place.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            _make(place)
    return place


def _make(place: Path) -> None:
    with tempfile.TemporaryDirectory(dir=place.parent) as name:
        own = {"FABRIQUE_DATA": name, "DJANGO_SETTINGS_MODULE": "fabrique.settings"}
        root = {"PYTHONPATH": str(HERE.parent)}
        command = [sys.executable, "-c", MAKE]
        subprocess.run(command, env=os.environ | own | root, check=True)
        fresh = place.with_suffix(".part")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        for one in KEPT:
            shutil.move(Path(name) / one, fresh / one)
        fresh.replace(place)


def _sum() -> str:
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(_sources()):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    """Give what says how tables and static files are made."""
    yield HERE / "settings.py"
    yield from (HERE / "store").glob("*.py")
    yield from (HERE / "store/migrations").glob("*.py")
    yield from (HERE / "web/static").glob("dist/.stamp")
