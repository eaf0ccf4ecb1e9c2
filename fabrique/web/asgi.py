"""One process, one port: the hub's sockets, its HTTP fallback, and the pages.

Pages are Django under WSGI, in threads; a request reaches a thread only once it was read whole, so
that a slow phone holds none. What is live never meets a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from fabrique.actions.access import read_seat
from fabrique.actions.addresses import forget_old
from fabrique.domain.text import Text
from fabrique.jobs.watch import Watch
from fabrique.live.desk import Record
from fabrique.live.endpoint import Channel, Endpoint, Scope, refusal, say
from fabrique.live.fallback import Fallback
from fabrique.live.hub import House, Hub
from fabrique.live.socket import Socket
from fabrique.store.here import first_plan_of, here, kinds, opened
from fabrique.store.prepare import collect_static
from fabrique.web.arrivals import Arrivals
from fabrique.web.attachments import Attachments
from fabrique.web.middleware import REFUSED
from fabrique.web.recordings import Recordings
from fabrique.web.render import render
from fabrique.web.uploads import Uploads

THREADS = 8
LARGEST = 1024 * 1024  # bytes of a request's body
# Bytes read of a body that is too large, for a browser shows no answer before it has sent all.
PATIENCE = 32 * 1024 * 1024
READ_WITHIN = 20.0  # seconds for a body to arrive
LIVE = "/live/"  # what scripts ask: they are answered in JSON, browsers with a page
DRAIN = 5  # seconds at the end for what is under way


class TooLarge(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The body of a request passes the limit."""


REFUSALS = {
    TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Text("This request is too large.")),
    TimeoutError: (HTTPStatus.REQUEST_TIMEOUT, Text("The request took too long to arrive.")),
}


class Application:
    """The ASGI application of an instance; it starts and stops the hub."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._endpoint = Endpoint(Fallback(hub))
        self._uploads = Uploads(hub)
        self._arrivals = Arrivals()
        self._recordings = Recordings()
        self._attachments = Attachments()
        self._pages: Any = WSGIMiddleware(WSGIHandler(), workers=THREADS)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Channel, send: Channel) -> None:
        """Answer one request, or see the process through its life."""
        if scope["type"] == "lifespan":
            await self._live_through(receive, send)
            return
        for files in (self._uploads, self._arrivals, self._recordings, self._attachments):
            if await files.answers(scope, receive, send):
                return
        try:
            body = await _body(receive)
        except (TooLarge, TimeoutError) as error:
            await self._refuse(scope, receive, send, type(error))
            return
        except ConnectionError:
            return
        if not await self._endpoint.answers(scope, body, send):
            await self._pages(scope, _once(body, receive), send)

    async def _refuse(
        self, scope: Scope, receive: Channel, send: Channel, why: type[Exception]
    ) -> None:
        status, text = REFUSALS[why]
        if scope["path"].startswith(LIVE):
            await say(send, *refusal(scope, status, text))
        else:
            await self._pages({**scope, REFUSED: int(status)}, _once(b"", receive), send)

    async def _live_through(self, receive: Channel, send: Channel) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.hub.start()
                self._uploads.start()
                self._arrivals.start()
            else:
                self._arrivals.stop()
                await self._uploads.stop()
                await self.hub.stop()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def make_hub() -> Hub:
    """Build the hub of this instance."""
    return Hub(House(kinds(), opened, _record, render, read_seat, _dated))


def serve(host: str, port: int, ready: Callable[[], None] | None = None) -> None:
    """Serve this instance until SIGTERM or SIGINT; `ready` is called once it listens."""
    collect_static()
    forget_old(timezone.now())
    server = make_server(make_hub(), host, port)
    if ready is not None:
        server.ready = ready
    own = {"FABRIQUE_DATA": str(settings.DATA), "FABRIQUE_URL": settings.PUBLIC_URL}
    with Watch(own):
        server.run()


def make_server(hub: Hub, host: str, port: int) -> Server:
    """Build the server of `hub`: sockets, fallback and pages on one port."""
    public = urlsplit(settings.PUBLIC_URL)
    own = {
        "hub": hub,
        "origins": frozenset({f"{public.scheme}://{public.netloc}".lower()}),
        "__slots__": (),
    }
    config = uvicorn.Config(
        Application(hub),
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws=type("InstanceSocket", (Socket,), own),
        lifespan="on",
        interface="asgi3",
        access_log=False,
        log_config=None,
        server_header=False,
        backlog=4096,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=DRAIN,
    )
    return Server(config)


class Server(uvicorn.Server):
    """Uvicorn's server, which says when it listens."""

    ready: Callable[[], None] | None = None

    async def startup(self, sockets: Any = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started and self.ready is not None:
            self.ready()


def _dated() -> list[int]:
    return here().dated()


def _record(session: int) -> Record:
    journal = here()
    head = journal.head(session)
    return Record(
        head.code, head.epoch, first_plan_of(head), journal.names(session), journal.read(session)
    )


async def _body(receive: Channel) -> bytes:
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(READ_WITHIN):
            async for chunk in _chunks(receive):
                size += len(chunk)
                if size > PATIENCE:
                    break
                body += chunk if size <= LARGEST else b""
    except TimeoutError:
        if size <= LARGEST:
            raise
    if size > LARGEST:
        raise TooLarge
    return bytes(body)


async def _chunks(receive: Channel) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        yield message.get("body", b"")
        more = message.get("more_body", False)


def _once(body: bytes, receive: Channel) -> Channel:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again
