"""The child process that reads an export of a site: `python -m fabrique.jobs.articles FOLDER`.

`FOLDER` holds the `file` and `order.json`; what is understood is written beside them. It opens a
foreign file, so it may fail in any way: whoever started it watches it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from fabrique.domain.text import Invalid, Text
from fabrique.importers.wordpress import Site, read_wordpress
from fabrique.jobs import child
from fabrique.jobs.limits import restrain, restrain_memory
from fabrique.jobs.refusals import SENTENCES

CHILD = "fabrique.jobs.articles"
PATIENCE = 240.0  # seconds: sixty megabytes take one of them on a machine of today
PROCESSOR = 240
PIECE = 1 << 20
FILE, ORDER, READ = "file", "order.json", "site.json"


class Order(Struct, frozen=True):
    """By which clocks it is read, and when; how long a text may be."""

    timezone: str
    now: datetime
    longest: int


class Refused(Struct, frozen=True):
    """Why it cannot be read, and on which line."""

    text: Text
    where: str = ""


def read_export(folder: Path, order: Order) -> Site:
    """Have a child read the file of `folder`, once; raise `Invalid`."""
    done = folder / READ
    if not done.exists():
        (folder / ORDER).write_bytes(msgspec.json.encode(order))
        said = child.answer(CHILD, str(folder), folder=folder, patience=PATIENCE)
        if said:
            no = msgspec.json.decode(said, type=Refused)
            raise Invalid(no.text, no.where)
    try:
        return msgspec.json.decode(done.read_bytes(), type=Site)
    except FileNotFoundError:
        raise Invalid(SENTENCES["export_heavy"]) from None


def main(folder: Path) -> None:
    """Read it; what is said is why not."""
    restrain(processor=PROCESSOR)
    restrain_memory()
    order = msgspec.json.decode((folder / ORDER).read_bytes(), type=Order)
    try:
        chunks = pieces(folder / FILE)
        site = read_wordpress(chunks, ZoneInfo(order.timezone), order.now, order.longest)
        part = folder / f"{READ}.part"
        part.write_bytes(msgspec.json.encode(site))
        part.replace(folder / READ)
    except Invalid as no:
        sys.stdout.buffer.write(msgspec.json.encode(Refused(no.text, no.where)))
    except MemoryError:
        sys.stdout.buffer.write(msgspec.json.encode(Refused(SENTENCES["export_heavy"])))


def pieces(file: Path) -> Iterator[bytes]:
    """Give what a file holds, some at a time."""
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


if __name__ == "__main__":
    main(Path(sys.argv[1]))
