"""Simulated participants: they join over real WebSockets and answer as a script says.

Run as a process of its own, told what to do by one JSON line on its input; it ends with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import sys
from collections import defaultdict
from datetime import datetime
from functools import partial
from typing import Any

from fabrique.commands._phone import Frame, Phone
from fabrique.domain.registry import discover
from fabrique.importers.script import Script, read_script

Body = dict[str, Any]
Lines = dict[tuple[str, str], list[tuple[float, Body]]]  # (participant, step) → (seconds, body)

LONGEST = 25.0  # seconds that a step of the demo takes at the most
RUN = re.compile(r'data-phase="open" data-run="([^"]+)" data-step="([^"]+)"')
CHAT = re.compile(r'data-do="say" data-run="([^"]+)"')


class Actor:
    """One simulated participant."""

    def __init__(self, name: str, lines: Lines, hurry: dict[str, float]) -> None:
        self.name = name
        self.lines = lines
        self.hurry = hurry
        self.started: set[str] = set()

    def hear(self, phone: Phone, frame: Frame) -> None:
        """Begin to answer a run as soon as its form shows."""
        for html in frame.get("set", {}).values():
            if found := RUN.search(html):
                self._begin(phone, *found.groups())
            elif found := CHAT.search(html):
                self._begin(phone, found[1], "")

    def _begin(self, phone: Phone, run: str, step: str) -> None:
        if run in self.started:
            return
        self.started.add(run)
        loop = asyncio.get_running_loop()
        for at, body in self.lines.get((self.name, step), ()):
            do = "answer" if step else "say"
            wait = max(at, 0) * self.hurry.get(step, 1.0) + random.random()
            loop.call_later(wait, partial(phone.act, do, run=run, **body))


def lines_of(script: Script) -> tuple[Lines, dict[str, float]]:
    """Give what each participant answers at each step, and how much to hurry each step."""
    lines: Lines = defaultdict(list)
    opened: dict[str, datetime] = {}
    last: dict[str, float] = defaultdict(float)
    for act in script.acts:
        step = act.step or ""
        if act.op.do == "open":
            opened[step] = act.op.at
        elif act.op.do == "answer" and step in opened:
            at = (act.op.at - opened[step]).total_seconds()
            body = {key: value for key, value in act.op.body.items() if key != "id"}
            lines[act.op.participant, step].append((at, body))
            last[step] = max(last[step], at)
        elif act.op.do == "say":
            minutes = (act.op.at - script.plan.starts_at).total_seconds() / 60
            lines[act.op.participant, ""].append((minutes, act.op.body))
    return lines, {step: min(1.0, LONGEST / at) for step, at in last.items() if at}


async def play(address: str, tokens: list[str], script: Script) -> None:
    """Connect everybody, then let them act until the line is cut."""
    lines, hurry = lines_of(script)
    names = [one.id for one in script.participants]
    phones = []
    for n, token in enumerate(tokens):
        actor = Actor(names[n % len(names)], lines, hurry)
        phones.append(await Phone.connect(address, token, actor.hear))
        await asyncio.sleep(2 / len(tokens))
    await asyncio.gather(*(phone.left for phone in phones))


def main() -> None:
    """Read the order on the input, play it, and end when the input does."""
    order = json.loads(sys.stdin.readline())
    with open(order["script"], "rb") as file:  # noqa: PTH123 - a name from our own parent
        script = read_script(file.read(), discover("fabrique.activities"))
    with contextlib.suppress(KeyboardInterrupt, OSError):
        asyncio.run(_until_input_ends(order["address"], order["tokens"], script))


async def _until_input_ends(address: str, tokens: list[str], script: Script) -> None:
    loop = asyncio.get_running_loop()
    show = asyncio.create_task(play(address, tokens, script))
    end = loop.run_in_executor(None, sys.stdin.read)
    await asyncio.wait([show, end], return_when=asyncio.FIRST_COMPLETED)
    show.cancel()


if __name__ == "__main__":
    main()
