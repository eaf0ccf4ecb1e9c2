"""The journal: every line of every session. Nothing else touches them.

One `Journal` is one connection and serves one thread at a time. A batch of lines of several
sessions is one transaction and one sync to disk.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fabrique.domain import order
from fabrique.domain.bodies import from_micros, read_body, to_micros, write_body
from fabrique.domain.entry import BLANK, FACILITATOR, Entry
from fabrique.domain.lines import Redacted
from fabrique.domain.session import FAMILY, Kinds, Participant
from fabrique.store import sqlite, statements
from fabrique.store.batch import Append, rows
from fabrique.store.batch import names as names_of
from fabrique.store.head import Behind, Head, Taken
from fabrique.store.transaction import transaction

__all__ = ["Append", "Behind", "Head", "Journal", "Taken"]


class Journal:
    """The journal in the SQLite file `path`. Raises the driver's errors where the disk does."""

    def __init__(self, path: Path, kinds: Kinds) -> None:
        self.kinds = kinds
        self._db = sqlite.connect(path)

    def close(self) -> None:
        """Give the connection back."""
        self._db.close()

    def append(self, batch: Sequence[Append]) -> None:
        """Write all of `batch`, or nothing. When it returns, the lines are on disk.

        Raises `Behind` for the first session whose journal has other lines since.
        """
        erased = False
        with transaction(self._db):
            for one in batch:
                self._allot(one)
            self._db.execute(statements.INSERT, (rows(batch),))
            if any(one.names for one in batch):
                self._db.execute(statements.NAME, (names_of(batch),))
            for one in batch:
                erased |= self._erase(one)
        if erased:
            self._forget_old_pages()

    def _allot(self, one: Append) -> None:
        last = one.entries[-1]
        ended = to_micros(last.at) if last.kind == "session.ended" else None
        wanted = (len(one.entries), ended, one.session, one.after)
        if not self._db.execute(statements.ALLOT, wanted).fetchall():
            raise Behind(one.session)

    def _erase(self, one: Append) -> bool:
        seqs = [entry.body.seq for entry in one.entries if isinstance(entry.body, Redacted)]
        for seq in seqs:
            self._db.execute(statements.UNNAME, (one.session, one.session, seq))
            self._db.execute(statements.ERASE, (BLANK, one.session, seq))
        if seqs:
            change = "UPDATE store_session SET epoch = ? WHERE id = ?"
            self._db.execute(change, (new_epoch(), one.session))
        return bool(seqs)

    def _forget_old_pages(self) -> None:
        # The log still holds the words; if a reader is in the way, the next checkpoint does it.
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def redact(self, session: int, seq: int, at: datetime) -> Entry:
        """Erase line `seq` in place and say so in a new line; the epoch changes. Without a hub.

        Raises `LookupError` where there is no such session or line, `Behind` if a hub was faster.
        """
        head = self.head(session)
        if not 1 <= seq <= head.last_seq:
            raise LookupError(seq)
        place = head.last_seq + 1
        op = f"redact-{seq}-{place}"
        line = Entry(place, at, FACILITATOR, op, None, "session.redacted", 1, Redacted(seq=seq))
        self.append([Append(session, head.last_seq, (line,))])
        return line

    def unname(self, session: int, participant: str) -> None:
        """Take a name out of the side table; whoever bore it counts as before."""
        with transaction(self._db):
            self._db.execute(statements.UNNAME_ONE, (session, participant))
        self._forget_old_pages()

    def create(self, code: str, plan: str, at: datetime, fingerprint: str | None = None) -> int:
        """Make a session without lines; raise `Taken` if another has this `code`."""
        row = (code, new_epoch(), plan, to_micros(at), fingerprint)
        try:
            return int(self._db.execute(statements.CREATE, row).fetchall()[0][0])
        except self._db.IntegrityError:
            raise Taken(code) from None

    def restore(
        self, row: tuple[str, str, datetime, str], participants: Iterable[Participant], entries: Any
    ) -> int:
        """Make a session with all its lines at once; `row` is (code, plan, at, fingerprint)."""
        with transaction(self._db):
            session = self.create(*row)
            lines = tuple(entries)
            if lines:
                whole = Append(session, 0, lines, tuple(participants))
                self._allot(whole)
                self._db.execute(statements.INSERT, (rows([whole]),))
                self._db.execute(statements.NAME, (names_of([whole]),))
        return session

    def remove(self, head: Head) -> None:
        """Erase a session whole; raise `Behind` where it went on since `head` was read."""
        with transaction(self._db):
            for statement in statements.EMPTY:
                self._db.execute(statement, (head.id,))
            if not self._db.execute(statements.REMOVE, (head.id, head.last_seq)).fetchall():
                raise Behind(head.id)
        self._forget_old_pages()

    def read(self, session: int, after: int = 0) -> list[Entry]:
        """Give the lines after `after`, in order; raise `Invalid` for one that cannot be read."""
        return self._lines(statements.READ, (session, after))

    def prepared(self, session: int, *others: str) -> list[Entry]:
        """Give the lines that edited the running order, in order; and `others` of the animation."""
        kinds = write_body([f"{FAMILY}.{verb}" for verb in (*order.BODIES, *others)])
        return self._lines(statements.PREPARED, (session, kinds))

    def dated(self) -> list[int]:
        """Give the sessions that go on and were given a date: they may have to close by it."""
        return [session for (session,) in self._db.execute(statements.DATED).fetchall()]

    def lively(self, since: datetime) -> bool:
        """Say whether something was written lately in a session that goes on."""
        rows = self._db.execute(statements.LIVELY, (to_micros(since),)).fetchall()
        return bool(rows)

    def mentions(self, words: str) -> Iterator[str]:
        """Give each plan, and each line of an animation, whose text has `words` in it."""
        return (text for (text,) in self._db.execute(statements.MENTIONS, (words, words)))

    def _lines(self, statement: str, values: tuple[int | str, ...]) -> list[Entry]:
        rows = self._db.execute(statement, values).fetchall()
        return [
            Entry(seq, from_micros(at), who, op, run, kind, v, read_body(self.kinds, kind, v, body))
            for seq, at, who, op, run, kind, v, body in rows
        ]

    def head(self, session: int) -> Head:
        """Find a session; raise `LookupError`."""
        return self._head("WHERE id = ?", session)

    def by_code(self, code: str) -> Head:
        """Find a session by its code, as typed on the join page; raise `LookupError`."""
        return self._head("WHERE code = ?", code.strip().upper())

    def by_fingerprint(self, fingerprint: str) -> Head:
        """Find the session made from an archive; raise `LookupError`."""
        return self._head("WHERE fingerprint = ?", fingerprint)

    def _head(self, where: str, value: int | str) -> Head:
        rows = self._db.execute(statements.HEAD + where, (value,)).fetchall()
        if not rows:
            raise LookupError(value)
        one, code, epoch, last, plan, created, ended, fingerprint = rows[0]
        over = None if ended is None else from_micros(ended)
        return Head(one, code, epoch, last, plan, from_micros(created), over, fingerprint)

    def sessions(self, most: int = -1) -> list[Head]:
        """Give the sessions, the latest first; all of them unless `most` says how many."""
        select = "SELECT id FROM store_session ORDER BY id DESC LIMIT ?"
        ids = self._db.execute(select, (most,)).fetchall()
        return [self.head(one) for (one,) in ids]

    def names(self, session: int) -> dict[str, Participant]:
        """Give the side table of names by participant id."""
        statement = """SELECT participant, name, heads, "group" FROM store_participant
         WHERE session_id = ? ORDER BY participant"""
        return {
            who: Participant(id=who, name=name, heads=heads, group=group)
            for who, name, heads, group in self._db.execute(statement, (session,)).fetchall()
        }


def new_epoch() -> str:
    """Give a mark that no past of a session had."""
    return secrets.token_hex(4)
