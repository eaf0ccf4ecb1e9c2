"""What pages cost, measured as a browser that has never been here before pays for them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, cast

from msgspec import Struct
from playwright.sync_api import Browser, Page

from bench.axe import violations
from bench.browser import Watch
from bench.ecoindex import ecoindex
from bench.instance import Instance, Made
from bench.proxy import Proxy
from bench.server import CAFE
from fabrique.domain.registry import discover
from fabrique.importers.script import Script, read_script

PHONE = {"width": 390, "height": 760}
KB = 1024
# 400 ms there and back, 400 kbit/s, a processor four times slower.
SLOW_DELAY, SLOW_RATE, SLOW_PROCESSOR = 0.2, 400_000 / 8, 4
TICK, PAUSE = 0.01, 0.03  # seconds: each act of the café is drawn by itself, as in its own hour
BEATS, BEAT = 360, 64  # heartbeats of an hour, and the bytes of one and its answer at the most
RUNS_BESIDE = 2  # chat and slides open before the first step
KEEP_SOCKET = """window.WebSocket = class extends WebSocket {
  constructor(address) { super(address); window.line = this; }
};"""
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


def slow_join(scales: Scales, times: int = 5) -> float:
    """Give the seconds until the join page is drawn in full, on a slow line and device."""
    made = Made(**scales.instance.make("cafe"))
    return median(_slow_join(scales, made) for _ in range(times))


def _slow_join(scales: Scales, made: Made) -> float:
    with (
        Proxy(scales.instance.port, SLOW_DELAY, SLOW_RATE) as line,
        scales.visit(line, made) as page,
    ):
        device = page.context.new_cdp_session(page)
        device.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
        began = time.perf_counter()
        page.goto(made.join, wait_until="load")
        page.locator("form button.go").wait_for()
        return time.perf_counter() - began


def phone(scales: Scales) -> Weighed:
    """Weigh a phone that comes to the board of the café with its 107 notes."""
    made = Made(**scales.instance.make("cafe"))
    newcomer, *seats = scales.instance.make("seats", session=made.session, people=72)["seats"]
    scales.lead(made, "open", step="rapport")
    board = next(step for step in _script()["steps"] if step["id"] == "rapport")
    run = f"r{RUNS_BESIDE + 1}"
    for place, note in enumerate(board["answers"]):
        body = {"text": note["text"], "column": note["column"]}
        seat = seats[place % len(seats)]
        scales.instance.act(made, seat, {"do": "answer", "run": run, **body})
    last = f".note >> nth={len(board['answers']) - 1}"
    return scales.weigh(made, made.join, last, seat=newcomer)


def cafe(scales: Scales) -> float:
    """Give the kilobytes, both ways, that the whole hour costs one phone that takes part."""
    with (
        tempfile.TemporaryDirectory(prefix="fabrique-hour-") as folder,
        Instance(Path(folder), TICK) as instance,
        Proxy(instance.port) as line,
    ):
        hour = Scales(instance, scales.browser, scales.watch, scales.folder)
        made = Made(**instance.make("cafe"))
        script = read_script(CAFE.read_bytes(), discover("fabrique.activities"))
        people = [one.id for one in script.participants]
        told = instance.make("seats", session=made.session, people=len(people))
        seats = dict(zip(people, told["seats"], strict=True))
        first = people[0]
        with hour.visit(line, made, seat=seats[first]) as page:
            page.add_init_script(KEEP_SOCKET)
            page.goto(made.join)
            page.locator("#now > *").first.wait_for()
            _play(hour, made, script, seats | {first: page})
            page.locator('a[href="report"]').wait_for()
        return (line.bytes_up + line.bytes_down + BEATS * BEAT) / KB


def _play(scales: Scales, made: Made, script: Script, seats: dict[str, Any]) -> None:
    runs = {one.id: f"r{n}" for n, one in enumerate(script.plan.beside, 1)}
    for act in script.acts:
        op, step = act.op, act.step or ""
        if op.do in ("join", "begin"):
            continue
        if op.do == "open":
            runs[step] = f"r{len(runs) + 1}"
        body = {"step": step} if op.do == "open" else {"run": runs.get(step), **op.body}
        frame = {"do": op.do, **{key: value for key, value in body.items() if value is not None}}
        sender = seats.get(op.participant, made.lead)
        if isinstance(sender, Page):
            sender.evaluate("(frame) => line.send(frame)", json.dumps({"op": act.op.op, **frame}))
        else:
            (reply,) = scales.instance.act(made, sender, frame)
            if "no" in reply:
                raise RuntimeError(reply)
        time.sleep(PAUSE)


def report(scales: Scales) -> Weighed:
    """Weigh the report of the whole café."""
    out = scales.folder / "cafe"
    command = [sys.executable, "-m", "fabrique", "replay", str(CAFE), "--out", str(out)]
    subprocess.run(command, check=True)
    made = Made(**scales.instance.make("restore", archive=str(out / "archive.json")))
    return scales.weigh(made, made.report, "footer", console=made.lead)


def axe(scales: Scales) -> list[str]:
    """Give every violation on every screen, in every state, language, scheme and width."""
    from tests.journeys.tour import LOOKS, Tour  # noqa: PLC0415 - pages are known by the journeys
    from tests.journeys.world import World  # noqa: PLC0415

    found = []
    with World(scales.browser, scales.instance) as world:
        world.watch = scales.watch
        for name, page in Tour(world):
            for scheme, width in LOOKS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{name} {scheme} {width}: {one}" for one in violations(page)]
    return found


def _script() -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(CAFE.read_text(encoding="utf-8")))
