"""A file to import, streamed to the disk; the answer gives its page.

`POST /prepare/import/file?name=NAME` takes a session, `POST /team/import/articles/file?name=NAME`
the export of a site.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qsl

from msgspec import Struct

from fabrique.actions.access import NoAccess
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.words import plain
from fabrique.live.endpoint import Answer, Channel, Scope, refusal, say
from fabrique.web import held
from fabrique.web.gate import preparing, shelving
from fabrique.web.incoming import Gone, received

AT_ONCE = 3  # files coming in
LONGEST_NAME = 120
SWEEP = 600.0  # seconds

NO_RIGHT = Text("This browser may not prepare sessions here: ask for the organiser’s link.")
BUSY = Text("The server is busy: try again in a moment.")
SLOW = Text("The file took too long to arrive: nothing was kept.")


class Way(Struct, frozen=True):
    """Who may send there, what it must be, and what the address of its page begins with."""

    gate: Callable[[Scope], Awaitable[None]]
    kind: str
    next: str


WAYS = {
    "/prepare/import/file": Way(preparing, "import", "/prepare/import/{}"),
    "/team/import/articles/file": Way(shelving, "export", "/team/import/articles/{}/"),
}


class Arrivals:
    """Takes in the files to be imported, and forgets those that nobody came back to."""

    def __init__(self) -> None:
        self._coming = 0
        self._sweeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Sweep, now and often."""
        self._sweeping = asyncio.create_task(_sweep())

    def stop(self) -> None:
        """Stop sweeping."""
        if self._sweeping is not None:
            self._sweeping.cancel()

    async def answers(self, scope: Scope, receive: Channel, send: Channel) -> bool:
        """Answer a request of ours; say whether it was one."""
        way = WAYS.get(scope["path"])
        if way is None:
            return False
        with contextlib.suppress(Gone):
            await say(send, *await self._answer(way, scope, receive))
        return True

    async def _answer(self, way: Way, scope: Scope, receive: Channel) -> Answer:
        if scope["method"] != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED, {}
        try:
            await way.gate(scope)
        except NoAccess:
            return refusal(scope, HTTPStatus.FORBIDDEN, NO_RIGHT)
        if self._coming >= AT_ONCE:
            return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        self._coming += 1
        try:
            return await _taken(way, scope, receive)
        finally:
            self._coming -= 1


async def _taken(way: Way, scope: Scope, receive: Channel) -> Answer:
    name = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("name", "")
    try:
        async with received(held.incoming(), way.kind, receive) as (path, _kind):
            found = await asyncio.to_thread(held.hold, plain(name, LONGEST_NAME) or "—", path)
    except Unfit as no:
        large = no.why.endswith("_large")
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.BAD_REQUEST
        return refusal(scope, status, no.text)
    except Invalid as no:
        return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, no.text)
    except TimeoutError:
        return refusal(scope, HTTPStatus.REQUEST_TIMEOUT, SLOW)
    return HTTPStatus.OK, {"next": way.next.format(found.id)}


async def _sweep() -> None:
    while True:
        await asyncio.to_thread(held.sweep)
        await asyncio.sleep(SWEEP)
