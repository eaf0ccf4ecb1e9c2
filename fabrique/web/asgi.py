"""One process, one port: the hub's sockets, its HTTP fallback, and the pages.

Pages are Django under WSGI, in threads; a request reaches a thread only once it was read whole, so
that a slow phone holds none. What is live never meets a thread.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from fabrique.actions.access import NoAccess, read_seat
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.live.desk import Record
from fabrique.live.fallback import Fallback
from fabrique.live.hub import House, Hub
from fabrique.live.socket import Socket
from fabrique.store.here import here, kinds, opened, plan_of
from fabrique.store.prepare import collect_static
from fabrique.web.render import render

THREADS = 8
LARGEST = 1024 * 1024  # bytes of a request's body
READ_WITHIN = 20.0  # seconds for a body to arrive
DRAIN = 5  # seconds at the end for what is under way
TOO_LARGE = Text("This request is too large.")
NO_SEAT = Text("This link is no longer valid: join the session again.")
BUSY = Text("The server is busy: try again in a moment.")

_LIVE = re.compile(r"/live/([0-9A-Za-z]{4,12})/(ops|view)\Z")
Scope = dict[str, Any]
Channel = Callable[..., Any]


class TooLarge(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The body of a request passes the limit."""


class Application:
    """The ASGI application of an instance; it starts and stops the hub."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._fallback = Fallback(hub)
        self._pages: Any = WSGIMiddleware(WSGIHandler(), workers=THREADS)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Channel, send: Channel) -> None:
        """Answer one request, or see the process through its life."""
        if scope["type"] == "lifespan":
            await self._live_through(receive, send)
            return
        try:
            body = await _body(scope, receive)
        except (TooLarge, TimeoutError):
            await _say(send, *_refusal(scope, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE))
            return
        if found := _LIVE.match(scope["path"]):
            await _say(send, *await self._answer(scope, found[1].upper(), found[2], body))
        else:
            await self._pages(scope, _once(body, receive), send)

    async def _live_through(self, receive: Channel, send: Channel) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.hub.start()
            else:
                await self.hub.stop()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _answer(self, scope: Scope, code: str, what: str, body: bytes) -> tuple[int, Any]:
        if (scope["method"], what) not in (("POST", "ops"), ("GET", "view")):
            return HTTPStatus.METHOD_NOT_ALLOWED, {}
        try:
            if what == "ops":
                return HTTPStatus.OK, await self._fallback.ops(code, body)
            query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
            return HTTPStatus.OK, await self._fallback.view(code, _bearer(scope), query)
        except NoAccess:
            return _refusal(scope, HTTPStatus.FORBIDDEN, NO_SEAT)
        except Invalid as error:
            return _refusal(scope, HTTPStatus.BAD_REQUEST, error.text)
        except TimeoutError:
            return _refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)


def make_hub() -> Hub:
    """Build the hub of this instance."""
    return Hub(House(kinds(), opened, _record, render, read_seat))


def serve(host: str, port: int, ready: Callable[[], None] | None = None) -> None:
    """Serve this instance until SIGTERM or SIGINT; `ready` is called once it listens.

    Raises `OSError` where the port is taken.
    """
    collect_static()
    server = make_server(make_hub(), host, port)
    if ready is not None:
        server.ready = ready
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


def _record(session: int) -> Record:
    journal = here()
    head = journal.head(session)
    return Record(
        head.code, head.epoch, plan_of(head), journal.names(session), journal.read(session)
    )


async def _body(scope: Scope, receive: Channel) -> bytes:
    body = bytearray()
    async with asyncio.timeout(READ_WITHIN):
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > LARGEST:
                raise TooLarge
            if not message.get("more_body"):
                return bytes(body)


def _once(body: bytes, receive: Channel) -> Channel:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _bearer(scope: Scope) -> str:
    scheme, _, token = _header(scope, b"authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refusal(scope: Scope, status: HTTPStatus, text: Text) -> tuple[int, dict[str, str]]:
    code = "en" if _header(scope, b"accept-language").lower().startswith("en") else "fr"
    return status, {"error": language(code).say(text)}


async def _say(send: Channel, status: int, value: Any) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    headers += [(b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(value)})
