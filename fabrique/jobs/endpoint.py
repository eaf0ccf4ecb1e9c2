"""The one place where a text leaves for a language model: the configured host, and no other.

No redirection is followed, no proxy of the environment used, no answer read beyond a megabyte; an
answer has so many seconds in all, and whoever no longer wants it does not wait for it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec import Struct

from fabrique.domain.completion import LARGEST, Answer, Ask, Request
from fabrique.domain.text import Text

if TYPE_CHECKING:
    import httpx

LOOK = 0.5  # seconds between two looks at whether it is still wanted
MOVED, DENIED, BROKEN = range(300, 400), (401, 403), 400
REACHED = Text("{host} could not be reached.")
SLOW = Text("{host} did not answer in time.")
ELSEWHERE = Text("{host} sends to another address: nobody followed.")
REFUSED = Text("{host} refused (error {status}): whoever installed this house checks the key.")
ERROR = Text("{host} answered with error {status}.")
LARGE = Text("{host} answered more than can be read.")
PRIVATE = Text("{host} is on a private network, which the settings of this house do not allow.")


class Unwanted(Exception):  # noqa: N818 - the work is not wanted any more
    """Whoever asked gave it up."""


class Endpoint(Struct, frozen=True):
    """Where the model answers; `local` lets it be on this machine or its network."""

    url: str
    name: str
    key: str = ""
    local: bool = False
    patience: float = 300.0

    @property
    def host(self) -> str:
        """Name it as the room is told of it."""
        return urlsplit(self.url).netloc.lower()


def asking(
    endpoint: Endpoint, wanted: Callable[[], bool] = lambda: True, faults: list[Text] | None = None
) -> Ask:
    """Give what carries requests there; each thing that goes wrong is said in `faults`, once."""
    said = faults if faults is not None else []

    def ask(request: Request) -> Answer:
        answer, fault = _sent(endpoint, request, wanted)
        if fault is not None and fault not in said:
            said.append(fault)
        if answer is None:
            raise ConnectionError(fault.msgid if fault else "")
        return answer

    return ask


def _sent(
    endpoint: Endpoint, request: Request, wanted: Callable[[], bool]
) -> tuple[Answer | None, Text | None]:
    import httpx  # noqa: PLC0415 - most commands do not wait for it

    if not endpoint.local and _private(endpoint.host):
        return None, _said(PRIVATE, endpoint)
    try:
        answer = _awaited(endpoint, request, wanted)
    except (TimeoutError, httpx.TimeoutException):
        return None, _said(SLOW, endpoint)
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return None, _said(REACHED, endpoint)
    return _judged(answer, endpoint)


def _judged(answer: Answer, endpoint: Endpoint) -> tuple[Answer | None, Text | None]:
    """Tell what another try may better from what it may not."""
    if answer.status in MOVED:
        return None, _said(ELSEWHERE, endpoint)
    if answer.status in DENIED:
        return None, _said(REFUSED, endpoint, status=answer.status)
    if answer.status >= BROKEN:
        return answer, _said(ERROR, endpoint, status=answer.status)
    return answer, None if answer.status else _said(LARGE, endpoint)


def _said(text: Text, endpoint: Endpoint, **more: Any) -> Text:
    return Text(text.msgid, {"host": endpoint.host, **more})


def _awaited(endpoint: Endpoint, request: Request, wanted: Callable[[], bool]) -> Answer:
    """Wait for an answer; raise `Unwanted` as soon as nobody waits for it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    coming = asyncio.run_coroutine_threadsafe(_posted(endpoint, request), loop)
    try:
        while True:
            try:
                return coming.result(LOOK)
            except TimeoutError:
                if coming.done():
                    raise
                if not wanted():
                    raise Unwanted from None
    finally:
        asyncio.run_coroutine_threadsafe(_settled(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _settled() -> None:
    """End what goes on still, and see its line closed."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def _posted(endpoint: Endpoint, request: Request) -> Answer:
    import httpx  # noqa: PLC0415 - as above

    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    body = {"model": endpoint.name, **request.body}
    limit = httpx.Timeout(endpoint.patience, connect=10.0)
    async with (
        asyncio.timeout(endpoint.patience),
        httpx.AsyncClient(timeout=limit, trust_env=False, follow_redirects=False) as client,
        client.stream("POST", endpoint.url + request.path, json=body, headers=headers) as answer,
    ):
        return await _read(answer)


async def _read(answer: httpx.Response) -> Answer:
    content = b""
    async for piece in answer.aiter_bytes(64 * 1024):
        content += piece
        if len(content) > LARGEST:
            return Answer(0, b"")
    return Answer(answer.status_code, content)


def _private(host: str) -> bool:
    """Whether a name leads to this machine or its network; one that leads nowhere does not."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        found = socket.getaddrinfo(name, None)
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(at[0]).partition("%")[0]).is_global for *_, at in found)
