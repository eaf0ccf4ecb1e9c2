"""Presentations being drawn: one at a time, seen by those who wait, found again by a restart."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from fabrique.domain.text import Refusal, Text
from fabrique.jobs import deck as decks
from fabrique.jobs.child import steps
from fabrique.jobs.deck import Deck
from fabrique.jobs.refusals import SENTENCES, Unfit
from fabrique.store.files import Media

log = logging.getLogger(__name__)

REMEMBERED = 50  # presentations that are over, so that who waits learns how it went
Deliver = Callable[[Deck, dict[str, Any]], Awaitable[Refusal | None]]


class Progress(Struct):
    """How far a presentation is: "waiting", "converting", "drawing", "done" or "refused"."""

    deck: Deck
    state: str = "waiting"
    page: int = 0
    pages: int = 0
    text: Text | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self.state in ("done", "refused")


class Runner:
    """Draws the presentations of `folder`, and has each delivered whole, or not at all."""

    def __init__(self, folder: Path, media: Media, deliver: Deliver) -> None:
        self._folder = folder
        self._media = media
        self._deliver = deliver
        self._known: dict[str, Progress] = {}
        self._queue: asyncio.Queue[Deck] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._current: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Go on with what the last stop interrupted."""
        for deck in decks.left(self._folder):
            self._add(deck)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop at once: the pages drawn so far are found again."""
        tasks = [task for task in (self._current, self._task) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def take(self, deck: Deck, source: Path) -> None:
        """Take a file in; it is drawn in its turn."""
        await asyncio.to_thread(decks.create, self._folder, deck, source)
        self._add(deck)

    def of(self, session: int) -> list[Progress]:
        """Give what is being made for a session, and how the last ones went."""
        return [one for one in self._known.values() if one.deck.session == session]

    def waiting(self) -> int:
        """Say how many are not over."""
        return sum(not one.over for one in self._known.values())

    async def drop(self, session: int, name: str) -> bool:
        """Give up a presentation, or forget how it went; say whether there was one."""
        found = self._known.get(name)
        if found is None or found.deck.session != session:
            return False
        del self._known[name]
        if found.state in ("drawing", "converting") and self._current is not None:
            self._current.cancel()
            await asyncio.wait([self._current])
        await asyncio.to_thread(decks.forget, self._folder / name)
        return True

    def _add(self, deck: Deck) -> None:
        over = [name for name, one in self._known.items() if one.over]
        for name in over[: max(0, len(over) - REMEMBERED + 1)]:
            del self._known[name]
        self._known[deck.id] = Progress(deck)
        self._queue.put_nowait(deck)

    async def _run(self) -> None:
        while True:
            deck = await self._queue.get()
            if deck.id not in self._known:  # given up before its turn
                continue
            self._current = asyncio.create_task(self._make(self._known[deck.id]))
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([self._current])

    async def _make(self, progress: Progress) -> None:
        """Draw, keep, deliver; then nothing of it is left here, however it went."""
        own = self._folder / progress.deck.id
        try:
            await self._draw(progress, own)
            step = await asyncio.to_thread(
                decks.step_of, own, progress.deck, progress.pages, self._media
            )
            refusal = await self._deliver(progress.deck, step)
        except Unfit as no:
            _refuse(progress, no.text)
        except Exception:  # what it is, the log says; the next one has its turn
            log.exception("A presentation could not be drawn")
            _refuse(progress, SENTENCES["stopped"])
        else:
            if refusal is None:
                progress.state = "done"
            else:
                _refuse(progress, refusal.text)
        await asyncio.to_thread(decks.forget, own)

    async def _draw(self, progress: Progress, own: Path) -> None:
        said = steps(progress.deck.kind, decks.source_of(own), own)
        async with contextlib.aclosing(said):  # type: ignore[type-var]
            async for one in said:
                progress.state = "converting" if "converting" in one else "drawing"
                progress.page = one.get("page", progress.page)
                progress.pages = one.get("pages", progress.pages)


def _refuse(progress: Progress, text: Text) -> None:
    progress.state, progress.text = "refused", text
