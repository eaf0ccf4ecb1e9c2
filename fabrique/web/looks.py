"""What is asked of the child that reads a file to import, and what it says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

OURS = "archive"  # where a session of ours comes from


class Asked(Struct, frozen=True):
    """How a file is to be read, as a form says it."""

    reader: str
    title: str
    language: str
    names: int | None = None
    columns: Mapping[int, str] = {}


class Order(Struct, frozen=True):
    """What whoever imports asks, where, and when."""

    asked: Asked
    timezone: str
    at: datetime


class Seen(Struct, frozen=True):
    """A piece of the file, as a page shows it; without `uses`, there is nothing to choose."""

    number: int
    title: str
    said: str
    use: str = ""
    uses: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    detail: str = ""


class Look(Struct, frozen=True):
    """What is understood of a file; `wrong` says why it is refused, `where` at which place."""

    origin: str
    title: str = ""
    said: tuple[str, ...] = ()
    pieces: tuple[Seen, ...] = ()
    remarks: tuple[str, ...] = ()
    wrong: str = ""
    where: str = ""
    refused: int = 0  # acts, once it was played
