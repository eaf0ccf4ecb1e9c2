"""The media of an instance: pictures by the sum of their bytes, each kept once and whole.

A file that no session refers to is swept a week after it last came in: long enough for a step that
is still being written, or for the browser that sends it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Set as AbstractSet
from pathlib import Path

from fabrique.domain.pictures import HEAVIEST, MEDIA, carried, embedded, kind_of, media_name
from fabrique.domain.text import Invalid, Text

SPARED = 7 * 24 * 3600  # seconds
PART = ".part"


class Media:
    """The pictures in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep a picture; give its `media:` address. On disk when it returns.

        Raises `Invalid` for what is no picture, or heavier than an archive may carry.
        """
        kind = kind_of(content)
        if kind is None:
            raise Invalid(Text("A picture must be a PNG, a JPEG or a WebP file."))
        if len(content) > HEAVIEST:
            limit = {"limit": HEAVIEST // 1000}
            raise Invalid(Text("A picture has at most {limit} kB: make it smaller.", limit))
        name = f"{hashlib.sha256(content).hexdigest()}.{kind}"
        try:
            os.utime(self._folder / name)  # known already: it is new again for the sweep
        except FileNotFoundError:
            self._write(name, content)
        return f"media:{name}"

    def read(self, name: str) -> bytes | None:
        """Give a picture by the name in its address; None where there is none."""
        if not MEDIA.fullmatch(f"media:{name}"):
            return None
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def carried(self, src: str) -> str:
        """Give the `data:` address of a picture of ours; any other address as it is."""
        name = media_name(src)
        content = self.read(name) if name else None
        return src if name is None or content is None else carried(name.rpartition(".")[2], content)

    def kept(self, src: str) -> str:
        """Keep the picture that a `data:` address holds, where `carried` gives it back equal."""
        found = embedded(src)
        if found is None or kind_of(found[1]) != found[0] or carried(*found) != src:
            return src
        return self.put(found[1]) if len(found[1]) <= HEAVIEST else src

    def sweep(self, referred: AbstractSet[str]) -> int:
        """Take out what no name in `referred` needs and nobody brought lately; say how many."""
        limit = time.time() - SPARED
        gone = 0
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            with contextlib.suppress(FileNotFoundError):
                if path.name not in referred and path.stat().st_mtime < limit:
                    path.unlink()
                    gone += 1
        return gone

    def drop(self, names: AbstractSet[str], since: float) -> int:
        """Take pictures out, but those that somebody brought again after `since`; say how many."""
        gone = 0
        for name in names:
            path = self._folder / name
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime <= since:
                    path.unlink()
                    gone += 1
        return gone

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._folder / f"{name}.{secrets.token_hex(4)}{PART}"
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / name)
        finally:
            part.unlink(missing_ok=True)
        _sync(self._folder)


def _sync(folder: Path) -> None:
    """Have the folder itself remember its new name."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
