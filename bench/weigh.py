"""What pages cost, measured as a browser that has never been here before pays for them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from msgspec import Struct
from playwright.sync_api import Browser, Page

from bench.browser import Watch
from bench.ecoindex import ecoindex
from bench.instance import Instance, Made
from bench.proxy import Proxy
from bench.server import CAFE

PHONE = {"width": 390, "height": 760}
KB = 1024
RUNS_BESIDE = 2  # chat and slides open before the first step
ELEMENTS = """() => document.querySelectorAll("*").length
  - document.querySelectorAll("svg *").length"""


class Weighed(Struct, frozen=True):
    """A page: elements outside pictures, requests, and kilobytes received."""

    elements: int
    requests: int
    kilobytes: float

    @property
    def ecoindex(self) -> float:
        """Give its EcoIndex."""
        return ecoindex(self.elements, self.requests, self.kilobytes)


class Scales(Struct):
    """What is needed to weigh: an instance, a browser, an eye on what is asked of others."""

    instance: Instance
    browser: Browser
    watch: Watch
    folder: Path

    @contextmanager
    def visit(self, line: Proxy, made: Made, **cookies: str) -> Iterator[Page]:
        """Open a page in a browser that is new here, holding the seats given."""
        self.watch.hosts.add(line.address.removeprefix("http://"))
        context = self.browser.new_context(base_url=line.address, locale="fr-FR", viewport=PHONE)
        self.watch.over(context)
        path = {"domain": "127.0.0.1", "path": f"/s/{made.code}/"}
        context.add_cookies([{"name": n, "value": v, **path} for n, v in cookies.items()])
        yield context.new_page()
        context.close()

    def weigh(self, made: Made, path: str, shown: str, **cookies: str) -> Weighed:
        """Weigh the page at `path` once `shown` is there."""
        asked: list[str] = []
        with Proxy(self.instance.port) as line, self.visit(line, made, **cookies) as page:
            page.on("request", lambda one: asked.append(one.url))
            page.on("websocket", lambda one: asked.append(one.url))
            page.goto(path)
            page.locator(shown).first.wait_for(state="attached")
            page.wait_for_timeout(500)
            requests = sum(not url.startswith("data:") for url in asked)
            return Weighed(page.evaluate(ELEMENTS), requests, line.bytes_down / KB)

    def lead(self, made: Made, do: str, **body: Any) -> dict[str, Any]:
        """Act as the facilitator."""
        (reply,) = self.instance.act(made, made.lead, {"do": do, **body})
        return reply


def join(scales: Scales) -> Weighed:
    """Weigh the join page of the café."""
    made = Made(**scales.instance.make("cafe"))
    return scales.weigh(made, made.join, "form button.go")


class Crowded(Struct, frozen=True):
    """The board of the café with its 107 notes, and the seats of somebody new and of an author."""

    made: Made
    newcomer: str
    author: str

    @property
    def last(self) -> str:
        """Give where the last note is."""
        return f".note >> nth={len(_board()['answers']) - 1}"


def crowded(scales: Scales) -> Crowded:
    """Play the board of the café."""
    made = Made(**scales.instance.make("cafe"))
    newcomer, *seats = scales.instance.make("seats", session=made.session, people=72)["seats"]
    scales.lead(made, "open", step="rapport")
    run = f"r{RUNS_BESIDE + 1}"
    for place, note in enumerate(_board()["answers"]):
        body = {"text": note["text"], "column": note["column"]}
        seat = seats[place % len(seats)]
        scales.instance.act(made, seat, {"do": "answer", "run": run, **body})
    return Crowded(made, newcomer, seats[0])


def phone(scales: Scales, room: Crowded) -> Weighed:
    """Weigh a phone that comes to the board."""
    return scales.weigh(room.made, room.made.join, room.last, seat=room.newcomer)


def stage(scales: Scales, room: Crowded) -> Weighed:
    """Weigh the big screen before the board."""
    return scales.weigh(room.made, room.made.stage, room.last)


def console(scales: Scales, room: Crowded) -> Weighed:
    """Weigh the console that leads the board and its 72 people."""
    return scales.weigh(room.made, room.made.console, room.last, console=room.made.lead)


def prepare(scales: Scales, room: Crowded) -> Weighed:
    """Weigh the editor of the café's running order, previews included."""
    path = f"{room.made.join}prepare"
    return scales.weigh(room.made, path, ".step-form:not([hidden])", console=room.made.lead)


def mine(scales: Scales, room: Crowded) -> Weighed:
    """Weigh what somebody sent."""
    return scales.weigh(room.made, f"{room.made.join}mine", ".did", seat=room.author)


def report(scales: Scales) -> Weighed:
    """Weigh the report of the whole café."""
    out = scales.folder / "cafe"
    command = [sys.executable, "-m", "fabrique", "replay", str(CAFE), "--out", str(out)]
    subprocess.run(command, check=True)
    made = Made(**scales.instance.make("restore", archive=str(out / "archive.json")))
    return scales.weigh(made, made.report, "footer", console=made.lead)


def _board() -> dict[str, Any]:
    cafe = cast("dict[str, Any]", json.loads(CAFE.read_text(encoding="utf-8")))
    return next(step for step in cafe["steps"] if step["id"] == "rapport")
