"""The two threads of the hub that touch the journal: one writes, one reads.

The writer takes everything that waits, writes it in one transaction and one sync, then tells the
event loop once. It never lingers: while it syncs, the next batch gathers by itself.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from fabrique.store.journal import Append, Behind

log = logging.getLogger(__name__)

Done = Callable[[Exception | None], None]
Work = tuple[Append, Done]


class Appends(Protocol):
    """What the writer needs of a journal."""

    def append(self, batch: Sequence[Append]) -> None:
        """Write all of `batch` durably, or raise and write nothing."""

    def close(self) -> None:
        """Give the file back."""


class Writer:
    """Group commit. `put` is called on the event loop; so is every `done`, with the error or None.

    A failed transaction fails its whole batch; the journal is then opened anew.
    """

    def __init__(self, open_journal: Callable[[], Appends]) -> None:
        self._open = open_journal
        self._journal: Appends | None = None
        self._waiting: list[Work] = []
        self._wake = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Start the thread; call on the event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def put(self, append: Append, done: Done) -> None:
        """Hand over lines to write."""
        with self._wake:
            self._waiting.append((append, done))
            self._wake.notify()

    async def stop(self) -> None:
        """Write what waits, then end."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while work := self._take():
            outcomes = [
                (done, error) for (_, done), error in zip(work, self._write(work), strict=True)
            ]
            self._loop.call_soon_threadsafe(_tell, outcomes)
        self._reopen()

    def _take(self) -> list[Work]:
        with self._wake:
            while not self._waiting and not self._stopping:
                self._wake.wait()
            work, self._waiting = self._waiting, []
        return work

    def _write(self, work: list[Work]) -> list[Exception | None]:
        """Give one outcome a piece of work; those who are behind do not hold up the others."""
        behind: dict[int, Behind] = {}
        while True:
            batch = [append for append, _ in work if append.session not in behind]
            try:
                if batch:
                    self._append(batch)
            except Behind as error:
                behind[error.session] = error
                continue
            except Exception as error:  # noqa: BLE001 - whatever the disk says, nothing is kept
                log.error("Could not write to the journal: %s", error)  # noqa: TRY400 - no trace helps
                self._reopen()
                return [error] * len(work)
            return [behind.get(append.session) for append, _ in work]

    def _append(self, batch: list[Append]) -> None:
        if self._journal is None:
            self._journal = self._open()
        self._journal.append(batch)

    def _reopen(self) -> None:
        journal, self._journal = self._journal, None
        if journal is not None:
            try:
                journal.close()
            except Exception as error:  # noqa: BLE001 - it is being given up
                log.warning("Could not close the journal: %s", error)


def _tell(outcomes: list[tuple[Done, Exception | None]]) -> None:
    for done, error in outcomes:
        try:
            done(error)
        except Exception:  # one room's trouble is not another's
            log.exception("A room failed after its lines were written")


class Loader:
    """Reads sessions in a thread of its own; results come back on the event loop."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "loader")

    def run(self, read: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Call `done` with what `read` gave, or with the exception it raised."""
        loop = asyncio.get_running_loop()
        self._pool.submit(lambda: loop.call_soon_threadsafe(done, _attempt(read)))

    async def stop(self) -> None:
        """End after what was asked."""
        await asyncio.to_thread(self._pool.shutdown)


def _attempt(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - handed over, not hidden
        return error
