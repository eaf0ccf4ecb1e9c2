"""What the whole hour of the café costs one phone that takes part in it."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bench.instance import Instance, Made
from bench.proxy import Proxy
from bench.server import CAFE
from bench.weigh import KB, Scales
from fabrique.domain.registry import discover
from fabrique.importers.script import Script, read_script

TICK, PAUSE = 0.01, 0.03  # seconds: each act of the café is drawn by itself, as in its own hour
BEATS, BEAT = 360, 64  # heartbeats of an hour, and the bytes of one and its answer at the most
KEEP_SOCKET = """window.WebSocket = class extends WebSocket {
  constructor(address) { super(address); window.line = this; }
};"""


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
