"""Seconds until a page can be used on a bad line, each page asked for by a browser new to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from msgspec import Struct
from playwright.sync_api import Page

from bench.instance import Made
from bench.proxy import Proxy
from bench.weigh import Scales

TIMES = 5
# When the room has drawn its screen, by the page's own clock: looking from outside comes later.
NOTE_WHEN_LIVE = """addEventListener("DOMContentLoaded", () => {
  const screen = document.querySelector("main#screen[aria-busy]");
  const note = () => { if (!screen.hasAttribute("aria-busy")) window.live ??= Date.now(); };
  if (screen) new MutationObserver(note).observe(screen, { attributes: true });
});"""
LIVE = "() => window.live / 1000"


class Line(Struct, frozen=True):
    """A line and the device at its end: seconds one way, bytes a second, how much slower it is."""

    delay: float
    rate: float
    slower: int


SLOW_3G = Line(0.2, 400_000 / 8, 4)  # 400 ms there and back, 400 kbit/s
THEATRE = Line(0.4, 150_000 / 8, 4)  # the worst that was met inside thick walls


def join(scales: Scales, line: Line) -> float:
    """Give the seconds from the address to a join page drawn in full."""
    made = Made(**scales.instance.make("cafe"))

    def until_drawn(page: Page) -> float:
        began = time.perf_counter()
        page.goto(made.join, wait_until="load")
        page.locator("form button.go").wait_for()
        return time.perf_counter() - began

    return _times(scales, line, made, until_drawn)


def live(scales: Scales, line: Line) -> float:
    """Give the seconds from the press of Join to a phone that shows what is open, and follows."""
    made = Made(**scales.instance.make("cafe"))
    scales.lead(made, "open", step="defi")

    def until_live(page: Page) -> float:
        page.add_init_script(NOTE_WHEN_LIVE)
        page.goto(made.join, wait_until="networkidle")  # somebody reads, and gives a name
        began = time.time()
        page.locator("form button.go").click(no_wait_after=True)
        page.locator("main#screen:not([aria-busy])").wait_for(state="attached")
        live: float = page.evaluate(LIVE)
        return live - began

    return _times(scales, line, made, until_live)


def _times(scales: Scales, line: Line, made: Made, measure: Callable[[Page], float]) -> float:
    return median(_once(scales, line, made, measure) for _ in range(TIMES))


def _once(scales: Scales, line: Line, made: Made, measure: Callable[[Page], float]) -> float:
    port = scales.instance.port
    with Proxy(port, line.delay, line.rate) as proxy, scales.visit(proxy, made) as page:
        device = page.context.new_cdp_session(page)
        device.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
        return measure(page)
