"""The hub: every open session, every screen, one clock for all of them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from concurrent.futures import Future

from msgspec import Struct

from fabrique.actions.access import NoAccess, Seat, allowed
from fabrique.domain.entry import Op
from fabrique.domain.session import Kinds, Participant
from fabrique.live.asks import Answer, Ask
from fabrique.live.audience import Audience, Patch, Render
from fabrique.live.desk import Desk, Record
from fabrique.live.frames import Frame
from fabrique.live.hall import Hall
from fabrique.live.limits import most_connections
from fabrique.live.link import SILENCE, Link, period
from fabrique.live.messages import DISK, Hello, millis, now
from fabrique.live.writer import Appends, Loader, Writer

log = logging.getLogger(__name__)

TICK = 0.2  # seconds between two drawings
CHORES = 5  # ticks
STRIDE = 500  # screens written to before others get their turn
IDLE = 600.0  # seconds after which a session without anybody leaves the memory


class House(Struct, frozen=True):
    """What the hub is given: the kinds, the journal, how to draw, how to read a token."""

    kinds: Kinds
    open_journal: Callable[[], Appends]
    read: Callable[[int], Record]
    render: Render
    read_seat: Callable[[str], Seat]
    dated: Callable[[], list[int]] = list  # the sessions that may have to close by a date


class Hub:
    """Lives on one event loop; only `submit` may be called from elsewhere."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.halls: dict[int, Hall] = {}
        self.links: set[Link] = set()
        self.stopping = False
        self.most = most_connections()
        self._outgoing: asyncio.Queue[tuple[Audience, Patch, list[Link]]] = asyncio.Queue()
        self._delivering = False
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start the threads and the clock."""
        self._loop = asyncio.get_running_loop()
        writer, loader = Writer(self._house.open_journal), Loader()
        house = self._house
        self._desk = Desk(house.kinds, writer, loader, house.read, house.render, self._send)
        writer.start()
        for session in await asyncio.to_thread(self._house.dated):
            self.hall(session)  # the date may have come while nothing ran here
        self._tasks = [asyncio.create_task(one()) for one in (self._run, self._deliver)]

    async def stop(self) -> None:
        """Write what was judged, say good-bye, end the threads."""
        self.stopping = True
        for link in list(self.links):
            link.bye("restart")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._desk.writer.stop()
        await self._desk.loader.stop()

    def hall(self, session: int) -> Hall:
        """Find a session, reading it if it is not open yet."""
        if session not in self.halls:
            self.halls[session] = Hall(session, self._desk)
        return self.halls[session]

    def seat(self, token: str, screen: str) -> Seat:
        """Say who a token is; raise `NoAccess` if it may not open `screen`."""
        seat = self._house.read_seat(token)
        if not allowed(seat.role, f"screen:{screen}"):
            raise NoAccess
        return seat

    def arrive(self, link: Link, code: str, hello: Hello) -> None:
        """Let in a screen that said hello on the address of session `code`; raise `NoAccess`."""
        link.seat = self.seat(hello.token, hello.screen)
        link.screen, link.lang, link.visible = hello.screen, hello.lang, hello.visible
        link.group = hello.group
        link.heard = self._loop.time()
        link.beat_at = link.heard + random.random() * period(link)
        self.links.add(link)
        self.hall(link.seat.session).arrive(link, code, hello.at)

    def gone(self, link: Link) -> None:
        """Forget a screen that closed."""
        self.links.discard(link)
        if link.hall is not None:
            link.hall.gone(link)

    def submit(self, session: int, op: Op, who: Participant | None = None) -> Future[Answer]:
        """From any thread: have an act judged and written; gives `Known` or `Refusal`.

        `who` is the name and heads to keep with a `join`.
        """
        future: Future[Answer] = Future()

        def ask() -> None:
            if self.stopping:
                future.set_result(DISK)
                return
            self.hall(session).intake.ask(Ask(op, future.set_result, who))

        self._loop.call_soon_threadsafe(ask)
        return future

    def _send(self, audience: Audience, patch: Patch) -> None:
        # Those who come from now on are shown the whole screen.
        self._delivering = True
        self._outgoing.put_nowait((audience, patch, list(audience.links)))

    async def _deliver(self) -> None:
        while True:
            audience, patch, links = await self._outgoing.get()
            at = self._loop.time()
            for place, link in enumerate(links, 1):
                audience.deliver(link, patch, at)
                if not place % STRIDE:
                    await asyncio.sleep(0)
            self._delivering = not self._outgoing.empty()

    async def _run(self) -> None:
        turn, due = 0, self._loop.time()
        while True:
            due = max(due + TICK, self._loop.time())
            await asyncio.sleep(due - self._loop.time())
            turn += 1
            with _no_end("tick"):
                self._tick(due)
            if turn % CHORES == 0:
                with _no_end("chores"):
                    await self._chores(due)

    def _tick(self, at: float) -> None:
        for session, hall in self.halls.items():
            with _no_end(f"session {session}"):
                hall.tick(at, may_send=not self._delivering)

    async def _chores(self, at: float) -> None:
        for session, hall in list(self.halls.items()):
            with _no_end(f"session {session}"):
                hall.chores(at)
            forgotten = at - hall.used_at > IDLE and hall.presence.empty and hall.intake.idle
            if (forgotten and not hall.awaits_date) or hall.intake.missing:
                del self.halls[session]
        await self._beat(at)

    async def _beat(self, at: float) -> None:
        beat = Frame({"beat": millis(now())})
        for place, link in enumerate(list(self.links), 1):
            if at - link.heard > SILENCE * period(link):
                link.abort()
            elif at >= link.beat_at and link.missed is None:
                link.write(beat)
                link.beat_at = at + period(link)
            if not place % STRIDE:
                await asyncio.sleep(0)


@contextlib.contextmanager
def _no_end(what: str):  # type: ignore[no-untyped-def] # noqa: ANN202
    """Log a fault instead of ending the clock that everybody lives by."""
    try:
        yield
    except Exception:  # whatever it is, the next turn comes
        log.exception("The hub failed in %s", what)
