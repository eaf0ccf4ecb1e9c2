"""All that a session leaves, in one ZIP file: `fabrique.export/1` (docs/archive.md).

`manifest.json` lists every other file with its size and its sum. Only the archive is read back: it
makes all the rest again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.domain.schema import Line, Part, read
from fabrique.domain.text import Invalid, Text
from fabrique.domain.unzipped import unzipped
from fabrique.domain.zipped import zipped

FORMAT = "fabrique.export/1"
MANIFEST, ARCHIVE = "manifest.json", "archive.json"
MAGIC = b"PK\x03\x04"
LARGEST = 128 * 1024 * 1024
LONGEST = 500  # of what is said about a file


class File(Struct, frozen=True):
    """A file of an export; `about` says what it is to whoever opens the ZIP."""

    path: str
    media_type: str
    content: bytes
    about: str


class _Listed(Part, frozen=True):
    path: Line
    media_type: Line
    bytes: int
    sha256: Line
    about: Line


class _Manifest(Part, frozen=True):
    format: str
    title: Line
    files: tuple[_Listed, ...]


def write(title: str, files: Iterable[File]) -> bytes:
    """Write the files by path, their manifest first: the same files, the same bytes."""
    ordered = sorted(files, key=lambda one: one.path)
    manifest = _Manifest(format=FORMAT, title=title, files=tuple(map(_listed, ordered)))
    told = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2) + b"\n"
    return zipped({MANIFEST: told, **{one.path: one.content for one in ordered}})


def is_export(data: bytes) -> bool:
    """Say whether this is a ZIP file, and not the archive itself."""
    return data.startswith(MAGIC)


def archive_of(data: bytes) -> bytes:
    """Give the archive that an export holds; raise `Invalid` unless every file is what is told."""
    if len(data) > LARGEST:
        raise Invalid(Text("This file is larger than {limit} MB.", {"limit": LARGEST >> 20}))
    found = unzipped(data)
    manifest = _manifest(found.pop(MANIFEST, b""))
    told = {one.path: one for one in manifest.files}
    if apart := told.keys() ^ found.keys():
        raise Invalid(Text("The manifest and the files do not agree."), min(apart))
    for path, content in found.items():
        if _sum(content) != told[path].sha256 or len(content) != told[path].bytes:
            raise Invalid(Text("This file is not the one that the manifest tells."), path)
    if ARCHIVE not in found:
        raise Invalid(Text("There is no archive in this file."), ARCHIVE)
    return found[ARCHIVE]


def _listed(one: File) -> _Listed:
    return _Listed(
        path=one.path,
        media_type=one.media_type,
        bytes=len(one.content),
        sha256=_sum(one.content),
        about=one.about[:LONGEST],
    )


def _manifest(content: bytes) -> _Manifest:
    try:
        data: Any = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        data = None
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise Invalid(Text("This file is not an export of the form {form}.", {"form": FORMAT}))
    return read(data, _Manifest, MANIFEST)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
