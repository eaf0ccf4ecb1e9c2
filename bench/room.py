"""The room under people: answers acknowledged, results shown, a busy board sent to a thousand."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time

from bench.clients import Client, connect
from bench.measure import Measure, percentile
from bench.server import Served, served

RUNS = 3
SEQ = re.compile(rb'"seq":(\d+)')
STEPS = {"avis": "vote", "enjeux": "ideas"}


def measures() -> list[Measure]:
    """Measure 71 phones that vote, then 1,000 phones beside a board that changes at each tick."""
    votes = [asyncio.run(_voting(71)) for _ in range(RUNS)]
    sends = [asyncio.run(_watching(1000)) for _ in range(RUNS)]
    return [
        Measure("ack_p99_ms_71", [one[0] for one in votes], "ms", 30),
        Measure("reveal_last_phone_ms_71", [one[1] for one in votes], "ms", 60),
        Measure("send_receive_p99_ms_1000", [one[0] for one in sends], "ms", 60),
        Measure("frames_per_phone_per_s_1000", [one[1] for one in sends], "/s"),
    ]


async def _voting(people: int) -> tuple[float, float]:
    """Give the p99 of answer → ack, and the p99 over reveals of reveal → last phone (ms)."""
    with served(people) as house:
        console, phones = await _gather(house)
        acks: list[float] = []
        reveals: list[float] = []
        for _ in range(5):
            run = await _open(console, "avis")
            acks += await asyncio.gather(*(_vote(phone, run) for phone in phones))
            reveals.append(await _reveal(console, phones, run))
        return percentile(acks, 0.99), max(reveals)


async def _watching(people: int, seconds: float = 6.0) -> tuple[float, float]:
    """Give the p99 from a frame's making to a phone (ms), and frames a phone a second."""
    with served(people) as house:
        console, phones = await _gather(house)
        run = await _open(console, "enjeux")
        await asyncio.sleep(1)
        for phone in phones:
            phone.frames.clear()
        end = time.monotonic() + seconds
        n = 0
        while time.monotonic() < end:
            phone = phones[n % 20]
            phone.send({"op": f"idea{n}", "do": "answer", "run": run, "text": f"idée {n} " * 8})
            n += 1
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        made = house.made()
        late = [
            (at - made[seq]) / 1e6
            for phone in phones
            for at, frame in phone.frames
            if b'"set"' in frame[:200] and (seq := _seq(frame)) in made
        ]
        return percentile(late, 0.99), len(late) / people / seconds


async def _gather(house: Served) -> tuple[Client, list[Client]]:
    console = await connect(house.address, house.console, "console")
    phones = []
    for start in range(0, len(house.seats), 50):
        some = house.seats[start : start + 50]
        phones += await asyncio.gather(*(connect(house.address, token) for token in some))
    await asyncio.sleep(1)
    return console, phones


async def _open(console: Client, step: str) -> str:
    """Open a step; give its run."""
    console.frames.clear()
    console.send({"op": f"open{time.monotonic_ns()}", "do": "open", "step": step})
    opened = rf'data-phase=\\"open\\" data-run=\\"(r\d+)\\" data-step=\\"{step}'
    pattern = re.compile(opened.encode())
    found = await _until(console, pattern)
    await asyncio.sleep(0.5)
    return found[1].decode()


async def _vote(phone: Client, run: str) -> float:
    await asyncio.sleep(random.random() * 2)
    op = f"v{time.monotonic_ns()}"
    phone.frames.clear()
    start = time.monotonic_ns()
    phone.send({"op": op, "do": "answer", "run": run, "value": 4})
    await _until(phone, re.compile(rf'"ack":"{op}"'.encode()))
    at = next(at for at, frame in phone.frames if op.encode() in frame)
    return (at - start) / 1e6


async def _reveal(console: Client, phones: list[Client], run: str) -> float:
    """Reveal; give how long the last phone waited for the results, in ms."""
    await asyncio.sleep(0.5)
    for phone in phones:
        phone.frames.clear()
    start = time.monotonic_ns()
    console.send({"op": f"reveal{start}", "do": "reveal", "run": run})
    shown = re.compile(rb'data-phase=\\"revealed\\"')
    await asyncio.gather(*(_until(phone, shown) for phone in phones))
    times = [next(at for at, f in phone.frames if shown.search(f)) for phone in phones]
    return (max(times) - start) / 1e6


async def _until(client: Client, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
    for _ in range(3000):
        for _, frame in client.frames:
            if found := pattern.search(frame):
                return found
        await asyncio.sleep(0.005)
    raise TimeoutError(json.dumps([f[:200].decode() for _, f in client.frames[-3:]]))


def _seq(frame: bytes) -> int:
    found = SEQ.search(frame)
    return int(found[1]) if found else -1
