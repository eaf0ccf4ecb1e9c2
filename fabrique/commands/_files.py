"""Files in, files out: read with a limit, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Mapping
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
    """Write every file of `files` (name → bytes) into `folder`, or none of them.

    Raises `OSError` under the name of the file that was asked for, never of one of our own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # A short name: beside one that is as long as a name may be, a longer one could not be written.
    fresh = {folder / name: folder / f".{os.getpid()}.{n}" for n, name in enumerate(files)}
    for path in fresh:
        check_file(path)
    try:
        for path, part in fresh.items():
            with _named(path):
                part.write_bytes(files[path.name])
        for path, part in fresh.items():
            with _named(path):
                part.replace(path)
    finally:
        for part in fresh.values():
            with contextlib.suppress(FileNotFoundError):
                part.unlink()


def write_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all."""
    check_file(path)  # a folder's path may have no name: "." or "/"
    write_files(path.parent, {path.name: content})


def check_file(path: Path) -> None:
    """Raise `OSError` where a folder stands in the place of a file."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
