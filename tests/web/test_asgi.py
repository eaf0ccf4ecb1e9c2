"""What comes before the pages: bodies that are too large or too slow, told to whoever asked."""

import asyncio
import json

import pytest

from fabrique.web import asgi
from fabrique.web.asgi import LARGEST, PATIENCE, Application, make_hub
from tests.web.reading import Page

CHUNK = b"x" * 65_536


def asked(path, size, language="fr", *, ends=True):
    """Send `size` bytes to `path`; give the status, the headers, the text, how much was read."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"accept-language", language.encode())],
    }
    sent, read = [], 0

    async def receive():
        nonlocal read
        if read >= size and not ends:
            await asyncio.sleep(60)
        read += len(CHUNK)
        return {"type": "http.request", "body": CHUNK, "more_body": read < size or not ends}

    async def send(message):
        sent.append(message)

    asyncio.run(Application(make_hub())(scope, receive, send))
    headers = {key.decode().lower(): value.decode() for key, value in sent[0]["headers"]}
    text = b"".join(one.get("body", b"") for one in sent[1:]).decode()
    return sent[0]["status"], headers, text, read


@pytest.mark.parametrize(
    ("language", "what"), [("fr", "trop lourd"), ("en", "too heavy"), ("en-GB,en;q=0.9", "1 MB")]
)
def test_a_form_that_is_too_heavy_is_answered_with_a_page(language, what):
    status, headers, text, read = asked("/prepare/", 3 * LARGEST, language)
    assert (status, headers["content-type"]) == (413, "text/html; charset=utf-8")
    page = Page(text)
    assert what in page.text
    assert next(attrs for tag, attrs in page.elements if tag == "html")["lang"] == language[:2]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert read >= 3 * LARGEST  # a browser that is cut short shows no page


def test_scripts_are_answered_in_json():
    status, headers, text, _ = asked("/live/KM74PX/ops", 2 * LARGEST, "en")
    assert (status, headers["content-type"]) == (413, "application/json")
    assert json.loads(text) == {"error": "This request is too large."}


def test_nobody_is_heard_for_ever():
    status, _, _, read = asked("/prepare/", 4 * PATIENCE)
    assert status == 413
    assert read <= PATIENCE + len(CHUNK)


@pytest.mark.parametrize(("size", "status"), [(LARGEST // 2, 408), (2 * LARGEST, 413)])
def test_a_body_that_never_ends_is_answered(monkeypatch, size, status):
    monkeypatch.setattr(asgi, "READ_WITHIN", 0.2)
    assert asked("/prepare/", size, ends=False)[0] == status
