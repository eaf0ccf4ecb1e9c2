"""The open archive of a session: one documented JSON file that gives the whole session back.

`fabrique.archive/1` (docs/archive.md): keys sorted, one line an entry, UTF-8 unescaped, the same
session always the same bytes. Runs are derived from the entries and compared when read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.domain import schema
from fabrique.domain.archive_rules import check
from fabrique.domain.bodies import type_body
from fabrique.domain.definitions import plan_data, read_plan
from fabrique.domain.entry import Entry
from fabrique.domain.schema import Line, Part, Whole
from fabrique.domain.session import Kinds, Participant, Plan
from fabrique.domain.text import Invalid, Text

FORMAT = "fabrique.archive/1"
LARGEST = 256 * 1024 * 1024
_AT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Archive(Struct, frozen=True):
    """A session without the house around it: enough to make its report again."""

    plan: Plan
    participants: tuple[Participant, ...]
    entries: tuple[Entry, ...]


class _Line(Part, frozen=True):
    seq: Whole
    at: datetime
    participant: Line
    op: Line
    run: Line | None
    kind: Line
    version: Whole
    body: Any


class _Document(Part, frozen=True):
    format: str
    session: dict[str, Any]
    participants: tuple[Participant, ...]
    runs: list[dict[str, Any]]
    entries: tuple[_Line, ...]


def write(archive: Archive) -> bytes:
    """Write the archive's one form, as UTF-8 bytes with a final newline."""
    people = sorted(archive.participants, key=lambda one: one.id)
    listed = {
        "entries": [_entry_data(entry) for entry in archive.entries],
        "participants": [_participant_data(one) for one in people],
        "runs": runs(archive.entries),
    }
    parts = [f'"{key}": {_lines(rows)}' for key, rows in listed.items()]
    parts.insert(1, f'"format": "{FORMAT}"')
    parts.append(f'"session": {_json(_plan_data(archive.plan), pretty=True)}')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read(data: bytes, kinds: Kinds) -> Archive:
    """Read what `write` wrote; raise `Invalid` for anything that cannot be a whole session."""
    document = _parse(data)
    _check_format(document)
    found = schema.read(document, _Document)
    plan = read_plan(found.session, kinds)
    entries = tuple(_entry(kinds, line, f".entries[{n}]") for n, line in enumerate(found.entries))
    archive = Archive(plan, found.participants, entries)
    check(plan, found.participants, entries, kinds)
    if found.runs != msgspec.to_builtins(runs(entries)):
        raise Invalid(Text("The list of runs does not agree with the entries."), ".runs")
    return archive


def fingerprint(archive: Archive) -> str:
    """Give the sum of the archive's one form: laid out otherwise, it is the same session."""
    return hashlib.sha256(write(archive)).hexdigest()


def runs(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Give every run with its times, oldest first: a reader's summary of the entries."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.kind == "session.opened" and entry.run is not None:
            found[entry.run] = _run_data(entry)
        elif entry.run in found and entry.kind in ("session.closed", "session.revealed"):
            found[entry.run][f"{entry.verb}_at"] = utc(entry.at)
        elif entry.run in found and entry.kind == "session.concealed":
            found[entry.run]["revealed_at"] = None
        elif entry.run in found and entry.kind in ("session.extended", "session.resumed"):
            found[entry.run]["closes_at"] = utc(entry.body.closes_at)
            if entry.verb == "resumed":
                found[entry.run]["closed_at"] = None
    return list(found.values())


def utc(at: datetime) -> str:
    """Write a moment as the archive does: UTC to the microsecond."""
    return at.astimezone(UTC).strftime(_AT)


def _run_data(entry: Entry) -> dict[str, Any]:
    body = entry.body
    return {
        "id": entry.run,
        "step": body.definition.get("id"),
        "kind": body.definition.get("kind"),
        "group": body.group,
        "opened_at": utc(entry.at),
        "closes_at": utc(body.closes_at) if body.closes_at else None,
        "closed_at": None,
        "revealed_at": None,
    }


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {**msgspec.structs.asdict(entry), "at": utc(entry.at)}


def _participant_data(one: Participant) -> dict[str, Any]:
    return msgspec.structs.asdict(one)


def _plan_data(plan: Plan) -> dict[str, Any]:
    return plan_data(plan)


def _lines(rows: list[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(_json(row) for row in rows) + "\n]" if rows else "[]"


def _json(value: Any, *, pretty: bool = False) -> str:
    text = msgspec.json.encode(value, order="sorted")
    return (msgspec.json.format(text, indent=2) if pretty else text).decode()


def _parse(data: bytes) -> Any:
    if len(data) > LARGEST:
        raise Invalid(Text("This archive is larger than {limit} MB.", {"limit": LARGEST >> 20}))
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Invalid(Text("This is not JSON that can be read.")) from None


def _check_format(document: Any) -> None:
    said = document.get("format") if isinstance(document, dict) else None
    if said == FORMAT:
        return
    if isinstance(said, str) and re.fullmatch(r"fabrique\.archive/\d+", said):
        newer = Text("A newer Fabrique wrote this ({kind}): update this one.", {"kind": said})
        raise Invalid(newer, ".format")
    raise Invalid(Text("This file is not an archive of the form {form}.", {"form": FORMAT}))


def _entry(kinds: Kinds, line: _Line, where: str) -> Entry:
    if line.at.tzinfo is None:
        raise Invalid(Text("This moment has no time zone."), f"{where}.at")
    try:
        body = type_body(kinds, line.kind, line.version, line.body)
    except Invalid as error:
        raise Invalid(error.text, f"{where}.body{error.where}") from None
    at = line.at.astimezone(UTC)
    return Entry(line.seq, at, line.participant, line.op, line.run, line.kind, line.version, body)
