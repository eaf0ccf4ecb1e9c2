"""Files in, files out: read with a limit, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from fabrique.domain.text import Invalid, Text

LARGEST = 64 * 1024 * 1024


def read_file(path: Path, largest: int = LARGEST) -> bytes:
    """Read a file; raise `Invalid` above `largest` bytes, `OSError` where it cannot be read."""
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        limit = {"file": path.name, "limit": largest >> 20}
        raise Invalid(Text("{file} is larger than {limit} MB.", limit))
    return content


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file of `files` (name → bytes) into `folder`, or none of them."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = {folder / name: folder / f".{name}.{os.getpid()}" for name in files}
    try:
        for path, part in fresh.items():
            part.write_bytes(files[path.name])
        for path, part in fresh.items():
            part.replace(path)
    finally:
        for part in fresh.values():
            with contextlib.suppress(FileNotFoundError):
                part.unlink()


def write_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all."""
    write_files(path.parent, {path.name: content})
