"""The language model that the environment names: the one place where a draft leaves the house."""

from __future__ import annotations

import os
from typing import Any

from fabrique.domain.completion import LARGEST, Answer, Ask, Request
from fabrique.domain.text import Invalid, Text

URL, MODEL, KEY = "FABRIQUE_MODEL_URL", "FABRIQUE_MODEL", "FABRIQUE_MODEL_KEY"
PATIENCE = 300.0  # seconds for one part


def endpoint() -> Ask:
    """Give what carries a request to the endpoint; raise `Invalid` where none is named."""
    url, model = os.environ.get(URL, ""), os.environ.get(MODEL, "")
    if not (url.startswith(("http://", "https://")) and model):
        named = {"url": URL, "model": MODEL}
        raise Invalid(
            Text("No language model is named: {url} gives its address, {model} its name.", named)
        )
    key = os.environ.get(KEY, "")

    def ask(request: Request) -> Answer:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return _sent(url.rstrip("/") + request.path, {"model": model, **request.body}, headers)

    return ask


def _sent(url: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
    import httpx  # noqa: PLC0415 - the other commands do not wait for it

    try:
        with httpx.stream("POST", url, json=body, headers=headers, timeout=PATIENCE) as response:
            content = b""
            for piece in response.iter_bytes():
                content += piece
                if len(content) > LARGEST:
                    return Answer(0, b"")
            return Answer(response.status_code, content)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ConnectionError(str(error)) from None
