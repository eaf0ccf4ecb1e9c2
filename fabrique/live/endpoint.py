"""The fallback's two addresses as ASGI, without a thread: JSON in, JSON out."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from fabrique.actions.access import NoAccess
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.live.fallback import Fallback

NO_SEAT = Text("This link is no longer valid: join the session again.")
BUSY = Text("The server is busy: try again in a moment.")

_PATH = re.compile(r"/live/([0-9A-Za-z]{4,12})/(ops|view)\Z")
Scope = dict[str, Any]
Channel = Callable[..., Any]
Answer = tuple[HTTPStatus, Any]


class Endpoint:
    """Answers `/live/CODE/ops` and `/live/CODE/view`, nothing else."""

    def __init__(self, fallback: Fallback) -> None:
        self._fallback = fallback

    async def answers(self, scope: Scope, body: bytes, send: Channel) -> bool:
        """Answer a request of ours, whose body is `body`; say whether it was one."""
        found = _PATH.match(scope["path"])
        if found is None:
            return False
        await say(send, *await self._answer(scope, found[1].upper(), found[2], body))
        return True

    async def _answer(self, scope: Scope, code: str, what: str, body: bytes) -> Answer:
        if (scope["method"], what) not in (("POST", "ops"), ("GET", "view")):
            return HTTPStatus.METHOD_NOT_ALLOWED, {}
        try:
            if what == "ops":
                return HTTPStatus.OK, await self._fallback.ops(code, body)
            query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
            return HTTPStatus.OK, await self._fallback.view(code, _bearer(scope), query)
        except NoAccess:
            return refusal(scope, HTTPStatus.FORBIDDEN, NO_SEAT)
        except Invalid as error:
            return refusal(scope, HTTPStatus.BAD_REQUEST, error.text)
        except TimeoutError:
            return refusal(scope, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)


async def say(send: Channel, status: HTTPStatus, value: Any) -> None:
    """Answer with JSON that nobody keeps."""
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    headers += [(b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(value)})


def refusal(scope: Scope, status: HTTPStatus, text: Text) -> Answer:
    """Say no in the reader's language."""
    code = "en" if _header(scope, b"accept-language").lower().startswith("en") else "fr"
    return status, {"error": language(code).say(text)}


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _bearer(scope: Scope) -> str:
    scheme, _, token = _header(scope, b"authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
