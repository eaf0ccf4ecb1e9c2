"""Debian's Chromium, and a watch that lets nothing wrong pass: errors, reports, other hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A policy that is broken is said in the console, but not by a worker or an old page: say it again.
REPORT = """addEventListener("securitypolicyviolation", (event) =>
  console.error("policy: " + event.violatedDirective + " " + event.blockedURI));"""
LINE_IS_DOWN = r"WebSocket connection to|ERR_(CONNECTION|EMPTY|INTERNET|SOCKET|NETWORK|TIMED)"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser for the length of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """Notes what no page of ours may do; `allow` names what a test brings about itself."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = set(hosts)
        self.faults: list[str] = []
        self.strangers: list[str] = []  # addresses asked of anybody else
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Expect complaints that match `pattern` from now on."""
        self._allowed.append(pattern)

    def over(self, context: BrowserContext) -> BrowserContext:
        """Watch every page of a context."""
        context.add_init_script(REPORT)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._fault(f"error: {error.error}"))
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", self._page)
        return context

    def _page(self, page: Page) -> None:
        page.on("crash", lambda _: self._fault("the page crashed"))
        page.on("websocket", lambda socket: self._asked(socket.url))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            where = (message.location or {}).get("url", "")
            self._fault(f"console: {message.text} {where}".strip())

    def _fault(self, what: str) -> None:
        if not any(re.search(pattern, what) for pattern in self._allowed):
            self.faults.append(what)

    def _asked(self, address: str) -> None:
        url = urlsplit(address)
        if url.scheme not in ("data", "blob") and url.netloc not in self.hosts:
            self.strangers.append(address)

    def check(self) -> None:
        """Fail if anything wrong was seen."""
        wrong = [*self.faults, *(f"asked of another host: {one}" for one in self.strangers)]
        assert not wrong, "\n".join(wrong)  # noqa: S101 - this is what it is for
