"""A line between browsers and a server that can be slow, narrow, dead or cut; it counts bytes.

A dead line is one that no close event tells of: connections stay open, nothing arrives. What was
under way when it died arrives once it lives again, as TCP does, unless it was cut.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, Self

CHUNK = 16 * 1024


class Proxy:
    """Listens on loopback, in a thread of its own; may be told what to do from any thread."""

    def __init__(self, target: int, delay: float = 0.0, rate: float = 0.0) -> None:
        self.target = target
        self.delay = delay  # seconds, each way
        self.rate = rate  # bytes a second each way, shared by all connections; 0: no limit
        self.bytes_up = self.bytes_down = self.connections = self.held = 0
        self.port = 0
        self._free = {"up": 0.0, "down": 0.0}  # when the line may carry the next byte
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def address(self) -> str:
        """Where browsers go."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Listen."""
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *_error: object) -> None:
        """Cut everything and stop."""
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def die(self) -> None:
        """Carry nothing any more, and tell nobody."""
        self._do(self._set_alive(alive=False))

    def live(self) -> None:
        """Carry again, first what had waited."""
        self._do(self._set_alive(alive=True))

    def cut(self) -> None:
        """Break every connection; new ones are taken."""
        self._do(self._cut())

    def _do(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        self._alive = asyncio.Event()
        self._alive.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _set_alive(self, *, alive: bool) -> None:
        if alive:
            self._alive.set()
        else:
            self._alive.clear()

    async def _cut(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _close(self) -> None:
        self._server.close()
        await self._cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the loop runs this as one
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            await self._join(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # one side is gone: so is the other, below
        finally:
            writer.transport.abort()
            self._writers.discard(writer)
            self._tasks.discard(task)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * self.delay)  # the handshake of TCP
        await self._alive.wait()
        inner, outer = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers.add(outer)
        try:
            up = self._carry(reader, outer, "up", self._count_up)
            await asyncio.gather(up, self._carry(inner, writer, "down", self._count_down))
        finally:
            outer.transport.abort()
            self._writers.discard(outer)

    def _count_up(self, size: int) -> None:
        self.bytes_up += size

    def _count_down(self, size: int) -> None:
        self.bytes_down += size

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        way: str,
        count: Callable[[int], None],
    ) -> None:
        """Take what comes, give it later: many chunks may be under way at once."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        giving = asyncio.create_task(self._give(under_way, writer, way, count))
        try:
            while chunk := await reader.read(CHUNK):
                await under_way.put((self._loop.time() + self.delay, chunk))
            await under_way.put((0.0, b""))
            await giving
        except OSError:
            writer.transport.abort()
        finally:
            giving.cancel()

    async def _give(
        self,
        under_way: asyncio.Queue[tuple[float, bytes]],
        writer: asyncio.StreamWriter,
        way: str,
        count: Callable[[int], None],
    ) -> None:
        while True:
            due, chunk = await under_way.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            if not self._alive.is_set():
                self.held += len(chunk)
                await self._alive.wait()
            if self.rate and chunk:
                await self._wait_turn(way, len(chunk))
            with contextlib.suppress(OSError):
                if not chunk:
                    if writer.can_write_eof() and not writer.is_closing():
                        writer.write_eof()
                    return
                count(len(chunk))
                writer.write(chunk)
                await writer.drain()

    async def _wait_turn(self, way: str, size: int) -> None:
        now = self._loop.time()
        self._free[way] = max(now, self._free[way]) + size / self.rate
        await asyncio.sleep(self._free[way] - now)
