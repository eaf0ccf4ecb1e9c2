"""What is appended together, and the JSON in which SQLite is given it whole."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from fabrique.domain.bodies import to_micros, write_body
from fabrique.domain.entry import Entry
from fabrique.domain.session import Participant


class Append(Struct, frozen=True):
    """Lines of one session, decided on its journal up to `after`, and the names they bring."""

    session: int
    after: int
    entries: tuple[Entry, ...]
    names: tuple[Participant, ...] = ()


def rows(batch: Sequence[Append]) -> str:
    """Write the lines of a batch as one JSON array."""
    return msgspec.json.encode(
        [
            (
                *(one.session, line.seq, to_micros(line.at), line.participant, line.op, line.run),
                *(line.kind, line.version, write_body(line.body)),
            )
            for one in batch
            for line in one.entries
        ]
    ).decode()


def names(batch: Sequence[Append]) -> str:
    """Write the names of a batch as one JSON array."""
    return msgspec.json.encode(
        [(one.session, p.id, p.name, p.heads, p.group) for one in batch for p in one.names]
    ).decode()
