"""Files that somebody is about to import: held while they are looked at, and not longer."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct, structs

from fabrique.domain.text import Invalid, Text
from fabrique.web.looks import Asked

KEPT = 3600.0  # seconds
MOST = 12  # files at once
FULL = Text("Too many files are being looked at: try again in a few minutes.")
_NAME = re.compile(r"[0-9a-f]{24}")


class Held(Struct, frozen=True):
    """A file that waits; `shown` is what its pieces were last taken for, with their details."""

    id: str
    name: str
    at: datetime
    asked: Asked | None = None
    shown: Mapping[int, tuple[str, str]] = {}

    @property
    def folder(self) -> Path:
        """Give where it lies, and what is made of it."""
        return _folder() / self.id

    @property
    def file(self) -> Path:
        """Give the file."""
        return self.folder / "file"


def incoming() -> Path:
    """Give where files arrive."""
    return _folder() / ".incoming"


def hold(name: str, source: Path) -> Held:
    """Take a file in; raise `Invalid` where too many wait already."""
    sweep()
    if len(list(_folder().glob("[0-9a-f]*"))) >= MOST:
        raise Invalid(FULL)
    held = Held(secrets.token_hex(12), name, datetime.now(UTC).replace(microsecond=0))
    fresh = _folder() / f".{held.id}"
    fresh.mkdir(mode=0o700)
    source.replace(fresh / "file")
    _record(fresh, held)
    fresh.replace(held.folder)
    return held


def find(name: str) -> Held:
    """Find a file that waits; raise `LookupError`."""
    if not _NAME.fullmatch(name):
        raise LookupError(name)
    try:
        content = (_folder() / name / "about.json").read_bytes()
    except FileNotFoundError:
        raise LookupError(name) from None
    return msgspec.json.decode(content, type=Held)


def remember(held: Held, asked: Asked, shown: Mapping[int, tuple[str, str]]) -> None:
    """Remember how it was last read, and what was shown."""
    with contextlib.suppress(FileNotFoundError):  # swept meanwhile
        _record(held.folder, structs.replace(held, asked=asked, shown=shown))


def drop(held: Held) -> None:
    """Forget a file, and all that was made of it."""
    shutil.rmtree(held.folder, ignore_errors=True)


def sweep() -> None:
    """Forget what nobody came back to, and what was interrupted on its way."""
    limit = time.time() - KEPT
    for path in [*_folder().glob("*"), *incoming().glob("*")]:
        with contextlib.suppress(FileNotFoundError):
            if path != incoming() and path.stat().st_mtime < limit:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _record(folder: Path, held: Held) -> None:
    part = folder / "about.part"
    part.write_bytes(msgspec.json.encode(held))
    part.replace(folder / "about.json")


def _folder() -> Path:
    return Path(settings.DATA) / "imports"
