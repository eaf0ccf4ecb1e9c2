"""Acts come in, are judged in order, written together, and only then answered.

Between two batches the room holds nothing that is not on disk: that is when screens are drawn and
newcomers greeted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.lines import Redacted
from fabrique.domain.session import Participant, Session
from fabrique.live.asks import BROKEN, UNKNOWN, Ask, Judged, judged_by, lines_of
from fabrique.live.desk import Desk, Loaded
from fabrique.live.messages import DISK
from fabrique.live.room import Accepted, Known, Room
from fabrique.store.journal import Append, Behind

log = logging.getLogger(__name__)

LARGEST = 1000  # acts a batch: more would keep the event loop from everybody else
RETRY = 0.3  # seconds before going on after the disk failed


class Intake:
    """The way into one session.

    `settled(loaded, epoch before)` is called whenever nothing is in flight any more.
    `pressing` says whether the last batch held an act of the animation, for which a room waits.
    """

    def __init__(self, number: int, desk: Desk, settled: Settled) -> None:
        self.room: Room | None = None
        self.code = self.epoch = ""
        self.names: dict[str, Participant] = {}
        self.missing = False  # there is no such session
        self.busy = True
        self.pressing = False
        self._number = number
        self._desk = desk
        self._settled = settled
        self._waiting: list[Ask] = []
        self._between: list[Callable[[], None]] = []
        self._woken = False
        self._broken = False
        self._load()

    @property
    def session(self) -> Session:
        """The state of the session; raises `LookupError` until it is read."""
        if self.room is None:
            raise LookupError(self._number)
        return self.room.session

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight and nothing waits."""
        return not self.busy and not self._waiting and not self._between

    def between(self, do: Callable[[], None]) -> None:
        """Do something when the room holds nothing that is not on disk; at once if that is now."""
        if self.busy and not self.missing:
            self._between.append(do)
        else:
            do()

    def ask(self, ask: Ask) -> None:
        """Take an act; it is answered once what it brought is on disk."""
        if self.missing:
            ask.answer(UNKNOWN)
            return
        self._waiting.append(ask)
        self._wake()

    def _wake(self) -> None:
        if not self.busy and not self._woken and self._waiting:
            self._woken = True
            # What else arrives in this turn of the loop goes into the same batch.
            asyncio.get_running_loop().call_soon(self._go)

    def _go(self) -> None:
        self._woken = False
        if self.busy or self.room is None:
            return
        asks, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
        after = self.room.session.seq
        self.room.refusals.begin()
        judged = [(ask, judged_by(self.room, ask)) for ask in asks]
        self._broken |= any(outcome is BROKEN for _, outcome in judged)
        entries = [entry for _, outcome in judged for entry in lines_of(outcome)]
        if entries or self._broken:
            self.busy = True
            self._write(judged, after, entries)
        else:
            self._tell(judged)
            self._wake()

    def _write(self, judged: Judged, after: int, entries: list[Entry]) -> None:
        if not entries:
            self._written(judged, entries, None)
            return
        names = [ask.who for ask, outcome in judged if ask.who and lines_of(outcome)]
        append = Append(self._number, after, tuple(entries), tuple(names))
        self._desk.writer.put(append, lambda error: self._written(judged, entries, error))

    def _written(self, judged: Judged, entries: list[Entry], error: Exception | None) -> None:
        try:
            self._conclude(judged, entries, error)
        except Exception:  # a fault here must not leave the room waiting for ever
            log.exception("The room failed after a batch")
            asyncio.get_running_loop().call_later(RETRY, self._load)

    def _conclude(self, judged: Judged, entries: list[Entry], error: Exception | None) -> None:
        if error is not None:
            self._undo([ask for ask, _ in judged], error)
        else:
            came = {ask.who.id: ask.who for ask, kept in judged if ask.who and lines_of(kept)}
            self.names = came | self.names  # the first name is the one that is kept
            self._tell(judged)
            self.pressing = any(entry.participant == FACILITATOR for entry in entries)
            if self._broken or any(isinstance(entry.body, Redacted) for entry in entries):
                self._load()
            else:
                self._settle(None)

    def _undo(self, asks: list[Ask], error: Exception) -> None:
        """Nothing of a batch was kept: what it refused is not counted, it is asked again."""
        if self.room is not None:
            self.room.refusals.take_back()
        if isinstance(error, Behind):
            self._waiting[:0] = asks
            self._load()
        else:
            self._refuse(asks)
            asyncio.get_running_loop().call_later(RETRY, self._load)

    def _tell(self, judged: Judged) -> None:
        for ask, outcome in judged:
            if isinstance(outcome, Accepted):
                seq = outcome.entries[0].seq if outcome.entries else self.session.seq
                ask.answer(Known(seq))
            elif outcome is not None:
                ask.answer(outcome)

    def _refuse(self, asks: Sequence[Ask]) -> None:
        """Tell who asked that it was not kept; what the hub itself asked is tried again."""
        self._waiting[:0] = [ask for ask in asks if ask.reply is None]
        for ask in asks:
            ask.answer(DISK)

    def _load(self) -> None:
        self.busy = True
        self._desk.loader.run(lambda: self._desk.load(self._number), self._loaded)

    def _loaded(self, found: Loaded | Exception) -> None:
        if isinstance(found, Loaded):
            if self.room is not None:
                found.room.refusals = self.room.refusals
            self.room, self._broken, self.names = found.room, False, found.names
            self._settle(found)
            return
        waiting, self._waiting = self._waiting, []
        self._refuse(waiting)
        if isinstance(found, LookupError):
            self.missing = True
            self._run_between()
        else:
            log.error("Could not read session %s: %s", self._number, found)
            asyncio.get_running_loop().call_later(RETRY, self._load)

    def _settle(self, loaded: Loaded | None) -> None:
        self.busy = False
        before = self.epoch
        if loaded is not None:
            self.code, self.epoch = loaded.code, loaded.epoch
        self._settled(loaded, before)
        self._run_between()
        self._wake()

    def _run_between(self) -> None:
        waiting, self._between = self._between, []
        for do in waiting:
            do()


Settled = Callable[[Loaded | None, str], None]
