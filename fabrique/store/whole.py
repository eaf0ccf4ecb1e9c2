"""A session as a whole: its plan, its people, every line and every picture, out of a journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import structs

from fabrique.domain.archive import Archive
from fabrique.domain.definitions import plan_data, read_plan
from fabrique.domain.entry import Entry
from fabrique.domain.pictures import readdressed
from fabrique.domain.session import FAMILY, Kinds
from fabrique.domain.step import Image
from fabrique.store.journal import Journal

Change = Callable[[str], str]
HOLDERS = ("step", "definition", "image")  # what lines call a step, or a picture, they hold


def whole(journal: Journal, session: int, change: Change | None = None) -> Archive:
    """Read a session with all its lines and names; raise `LookupError` where there is none.

    `change` gives the address that a picture has in the archive.
    """
    plan = read_plan(msgspec.json.decode(journal.head(session).plan), journal.kinds)
    people = tuple(journal.names(session).values())
    found = Archive(plan, people, tuple(journal.read(session)))
    return found if change is None else readdress(found, change, journal.kinds)


def readdress(archive: Archive, change: Change, kinds: Kinds) -> Archive:
    """Change the address of every picture, in the plan and in the lines that hold a step."""
    plan = read_plan(readdressed(plan_data(archive.plan), change), kinds)
    entries = tuple(_line(entry, change) for entry in archive.entries)
    return structs.replace(archive, plan=plan, entries=entries)


def held(entry: Entry) -> dict[str, Any]:
    """Give what a line of the session holds that may have pictures, as JSON values, by its name."""
    names = HOLDERS if entry.kind.startswith(f"{FAMILY}.") else ()
    found = {name: getattr(entry.body, name, None) for name in names}
    return {
        name: msgspec.to_builtins(value)
        for name, value in found.items()
        if isinstance(value, (dict, Image))
    }


def _line(entry: Entry, change: Change) -> Entry:
    found = held(entry)
    if not found:
        return entry
    moved = {
        name: msgspec.convert(readdressed(data, change), type(getattr(entry.body, name)))
        for name, data in found.items()
    }
    return structs.replace(entry, body=structs.replace(entry.body, **moved))
