"""A script played through the real room into a journal of its own, as the archive it makes."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fabrique.domain import archive
from fabrique.domain.bodies import write_body
from fabrique.domain.definitions import plan_data
from fabrique.domain.entry import Entry
from fabrique.domain.session import Kinds
from fabrique.importers.script import Script
from fabrique.live.replay import replay
from fabrique.store.journal import Append
from fabrique.store.scratch import scratch
from fabrique.store.whole import whole

BATCH = 500  # lines kept in one transaction: nobody waits for an acknowledgement here
CODE = "SCRIPT"  # nobody joins


class Played(Struct, frozen=True):
    """The archive, and how many acts the rules refused, by reason."""

    content: bytes
    refused: Mapping[str, int]


def play(script: Script, kinds: Kinds) -> Played:
    """Play the script; raise `Invalid` for what no client could have sent."""
    waiting: list[Entry] = []
    with scratch(kinds) as journal:
        plan = write_body(plan_data(script.plan))
        session = journal.create(CODE, plan, script.plan.starts_at)

        def flush() -> None:
            if waiting:
                names = script.participants if waiting[0].seq == 1 else ()
                lines = tuple(waiting)
                journal.append([Append(session, lines[0].seq - 1, lines, names)])
                waiting.clear()

        def append(entries: tuple[Entry, ...]) -> None:
            waiting.extend(entries)
            if len(waiting) >= BATCH:
                flush()

        room = replay(script, kinds, append)
        flush()
        return Played(archive.write(whole(journal, session)), dict(room.refused))
