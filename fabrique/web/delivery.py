"""A presentation that is drawn enters its session, as an act of the animation."""

from __future__ import annotations

import asyncio
from typing import Any

from fabrique.domain.entry import Op
from fabrique.domain.text import Refusal
from fabrique.jobs.deck import Deck
from fabrique.live.asks import Answer
from fabrique.live.hub import Hub
from fabrique.live.messages import DISK, now

TIMES = 20  # that a disk which could not write is asked again
AGAIN = 3.0  # seconds


class Delivery:
    """Says to the room what a facilitator would, under the presentation's own id: done once."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, deck: Deck, step: dict[str, Any]) -> Refusal | None:
        """Add the step; open it where the session has begun. Gives what the room refused."""
        answer = await self._ask(deck, deck.id, "order.add", {"step": step})
        if isinstance(answer, Refusal):
            return answer
        if self._hub.hall(deck.session).session.runs:
            await self._ask(deck, f"{deck.id}-begin", "begin", {})
        return None

    async def _ask(self, deck: Deck, op: str, verb: str, body: dict[str, Any]) -> Answer:
        answer: Answer = DISK
        for _ in range(TIMES):
            asked = Op(op, verb, now(), body=body)
            answer = await asyncio.wrap_future(self._hub.submit(deck.session, asked))
            if answer != DISK:
                break
            await asyncio.sleep(AGAIN)
        return answer
