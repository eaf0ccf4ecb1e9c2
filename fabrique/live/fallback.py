"""The same room by plain HTTP, where WebSockets are blocked: acts are posted, views are fetched."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from msgspec import Struct

from fabrique.actions.access import NoAccess, Seat
from fabrique.domain.entry import Op
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid, Refusal, Text
from fabrique.live.asks import Answer
from fabrique.live.hall import Hall
from fabrique.live.hub import Hub
from fabrique.live.messages import Group, Lang, Screen, no, now, read_object, read_op

MOST_OPS = 100  # in one request
WAIT = 20.0  # seconds for a session to be read and an act to be written

Said = dict[str, Any]


class Posted(Struct, frozen=True):
    """The body of `POST /live/CODE/ops`."""

    token: str
    screen: Screen
    ops: list[dict[str, Any]]
    lang: Lang = "fr"


class Asked(Struct, frozen=True):
    """What `GET /live/CODE/view` says in its query: what is shown already."""

    screen: Screen
    lang: Lang = "fr"
    epoch: str = ""
    after: str = ""
    group: Group = ""


class Fallback:
    """Runs on the hub's loop. Raises `Invalid` for nonsense, `NoAccess`, and `TimeoutError`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def ops(self, code: str, body: bytes) -> Said:
        """Judge posted acts in order; answer once all that were accepted are on disk."""
        posted = read(read_object(body), Posted)
        if len(posted.ops) > MOST_OPS:
            limit = {"limit": MOST_OPS}
            raise Invalid(Text("At most {limit} acts can be sent at once.", limit))
        seat, hall, away = await self._enter(code, posted.token, posted.screen)
        if away:
            return {"bye": away}
        ops = [read_op(data, seat.participant, now()) for data in posted.ops]
        async with asyncio.timeout(WAIT):
            replies = [await self._judged(hall, seat, op, posted.lang) for op in ops]
            return {"replies": await asyncio.gather(*replies)}

    async def view(self, code: str, token: str, query: dict[str, str]) -> Said:
        """Give where a screen is, and the whole of it unless it shows it already."""
        asked = read(query, Asked)
        seat, hall, away = await self._enter(code, token, asked.screen)
        if away:
            return {"bye": away}
        audience = hall.gallery.audience(asked.screen, asked.lang, seat.participant, asked.group)
        audience.polled_at = asyncio.get_running_loop().time()
        said = hall.welcome(seat, audience)
        same = (asked.epoch, asked.after) == (hall.epoch(audience), str(audience.seq))
        return said if same and not audience.restless else said | audience.whole().value

    async def _enter(self, code: str, token: str, screen: str) -> tuple[Seat, Hall, str]:
        """Find the hall of a token, at a moment when nothing is in flight, and come in.

        The last word is why they may not, as the hub says it on leaving; "" for who may.
        """
        seat = self._hub.seat(token, screen)
        hall = self._hub.hall(seat.session)
        settled = asyncio.get_running_loop().create_future()
        hall.intake.between(partial(_settle, settled, None))
        async with asyncio.timeout(WAIT):
            await settled
        if hall.intake.missing or hall.intake.code != code:
            raise NoAccess
        if away := hall.unwelcome(seat.participant):
            return seat, hall, away
        hall.used_at = asyncio.get_running_loop().time()
        hall.presence.polled(seat.participant, hall.used_at)
        hall.ensure_joined(seat)
        return seat, hall, ""

    async def _judged(self, hall: Hall, seat: Seat, op: Op, lang: str) -> asyncio.Future[Said]:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(hall.presence.wait(seat.participant, loop.time()))
        future: asyncio.Future[Said] = loop.create_future()

        def reply(answer: Answer) -> None:
            if isinstance(answer, Refusal):
                _settle(future, no(op.op, answer, lang))
            else:
                _settle(future, hall.acked(op, answer))

        hall.act(seat, op, reply)
        return future


def _settle(future: asyncio.Future[Any], value: Any) -> None:
    if not future.done():
        future.set_result(value)
