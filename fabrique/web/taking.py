"""The child process that reads a file to import: `python -m fabrique.web.taking TASK FOLDER`.

`FOLDER` holds the `file` and `order.json`. "look" says what is understood and keeps nothing; "make"
writes `archive.json`, the session that the file becomes. What it says is JSON, in the reader's
language. It opens foreign files, so it may fail in any way: whoever started it watches it.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from fabrique.domain import archive, export
from fabrique.domain.foreign import Foreign, Importer, Wanted, shortened
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.importers.script import read_script
from fabrique.jobs.limits import restrain, restrain_memory
from fabrique.live.play import play
from fabrique.web.looks import OURS, Look, Order, Seen

FOREIGN = 16 * 1024 * 1024  # bytes of a table, or of a ZIP file of tables
HEAVY = Text("This file takes too much time or memory to be read: make it smaller.")
SHEET = Text("This is a workbook: export each of its sheets as CSV, then choose that file.")
NAMELESS = Text("No name is in it.")
ORDER = Text("This is a running order, not a session: choose it on the page “Prepare a session”.")


def main(task: str, folder: Path) -> None:
    """Do `task`, and say how it went."""
    restrain()
    restrain_memory()
    order = msgspec.json.decode((folder / "order.json").read_bytes(), type=Order)
    said = Language(order.asked.reader).say
    content, origin = b"", ""
    try:
        content = (folder / "file").read_bytes()
        origin = origin_of(content)
        look = TASKS[task](origin, content, order, folder)
    except Invalid as error:
        pieces = _pieces_of(origin, content, order, said)
        look = Look(origin, pieces=pieces, wrong=said(error.text), where=error.where)
    except MemoryError:
        look = Look(origin, wrong=said(HEAVY))
    sys.stdout.buffer.write(msgspec.json.encode(look))


def origin_of(content: bytes) -> str:
    """Tell a session of ours from a table and from a ZIP file of tables; raise `Invalid`."""
    if content.startswith(export.MAGIC):
        names = _names(content)
        if names & {"[Content_Types].xml", "mimetype"}:
            raise Invalid(SHEET)
        return OURS if export.MANIFEST in names else "klaxoon"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return "forms"
    if b'"fabrique.running_order/' in content[:4096]:
        raise Invalid(ORDER)
    return OURS


def look(origin: str, content: bytes, order: Order, _folder: Path) -> Look:
    """Say what is understood; raise `Invalid`."""
    said = Language(order.asked.reader).say
    if origin == OURS:
        return _ours(content, said)
    found = _read(origin, content, order)
    return Look(
        origin,
        order.asked.title,
        tuple(map(said, found.said)),
        _seen(found.pieces, said),
        tuple(f"{said(one.text)} [{shortened(one.lines)}]" for one in found.remarks),
    )


def make(origin: str, content: bytes, order: Order, folder: Path) -> Look:
    """Write the archive of the session; raise `Invalid`."""
    refused = 0
    if origin != OURS:
        found, kinds = _read(origin, content, order), discover("fabrique.activities")
        played = play(read_script(found.script, kinds), kinds)
        content, refused = played.content, sum(played.refused.values())
    (folder / "archive.json").write_bytes(content)
    return Look(origin, order.asked.title, refused=refused)


TASKS: Mapping[str, Callable[[str, bytes, Order, Path], Look]] = {"look": look, "make": make}


def _read(origin: str, content: bytes, order: Order) -> Foreign:
    if len(content) > FOREIGN:
        raise Invalid(Text("This file is larger than {limit} MB.", {"limit": FOREIGN >> 20}))
    return _importer(origin).read(content, _wanted(order))


def _importer(origin: str) -> Importer:
    found: Importer = discover("fabrique.importers")[origin]
    return found


def _wanted(order: Order) -> Wanted:
    asked = order.asked
    return Wanted(
        title=asked.title,
        language=asked.language,
        timezone=order.timezone,
        now=order.at,
        names=asked.names,
        columns=asked.columns,
    )


def _pieces_of(
    origin: str, content: bytes, order: Order, said: Callable[[Any], str]
) -> tuple[Seen, ...]:
    """Give the pieces of a file that was refused, if they can be told apart."""
    if origin in ("", OURS) or len(content) > FOREIGN:
        return ()
    try:
        return _seen(_importer(origin).pieces(content, _wanted(order)), said)
    except Invalid:
        return ()


def _seen(pieces: Any, said: Callable[[Any], str]) -> tuple[Seen, ...]:
    return tuple(
        Seen(one.number, one.title, said(one.said), one.use, one.uses, one.first, one.detail)
        for one in pieces
    )


def _ours(content: bytes, said: Callable[[Any], str]) -> Look:
    kinds = discover("fabrique.activities")
    if export.is_export(content):
        content = export.archive_of(content)
    found = archive.read(content, kinds)
    n = sum(one.heads for one in found.participants)
    named = sum(bool(one.name) for one in found.participants)
    over = any(one.kind == "session.ended" for one in found.entries)
    facts = [
        Text("{n} person", {"n": n}, "{n} people"),
        Text("{n} name is in it.", {"n": named}, "{n} names are in it.") if named else NAMELESS,
        Text("It is over.") if over else Text("It is not over: it goes on from where it was."),
    ]
    steps = [*found.plan.steps, *found.plan.beside]
    pieces = tuple(Seen(n, one.title, said(kinds[one.kind].name)) for n, one in enumerate(steps, 1))
    return Look(OURS, found.plan.title, tuple(map(said, facts)), pieces)


def _names(content: bytes) -> set[str]:
    """Give what a ZIP file holds, if it can be read: whoever reads it whole says why not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            return set(found.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return set()
    except (NotImplementedError, RuntimeError):  # zipfile: a method it lacks; a password
        return set()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
