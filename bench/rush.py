"""500 people want the 100 seats of a gathering within the same ten seconds, over HTTP on loopback.

`python -m bench.rush [PEOPLE SEATS SECONDS]`. Each opens the form beforehand, sends it at a moment
of their own, and reads the page it leads to. Prints how long the slowest waited, and what came of
it: as many seats given as there are, the queue in order of arrival.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from bench.instance import Instance
from bench.measure import Measure, percentile

MAKE = """
import json, sys
from datetime import timedelta
from fabrique.commands._instance import wake
wake()
from django.utils import timezone
from fabrique.store.models import Gathering, Pool
soon = timezone.now() + timedelta(days=20)
about = Gathering.objects.create(slug="rush", title="Fabrique", state="published",
    starts_at=soon, ends_at=soon)
print(Pool.objects.create(gathering=about, title="Salle", size=int(sys.argv[1])).pk)
"""
MOST_WAIT = 3.0  # seconds
COUNT = """
import json
from fabrique.commands._instance import wake
wake()
from fabrique.store.models import Registration
rows = Registration.objects.order_by("rank").values_list("email", "state")
print(json.dumps(list(rows)))
"""


def measures(people: int = 500, seats: int = 100, seconds: float = 10.0) -> list[Measure]:
    """Run it once; raise where a seat was given too often, or too late."""
    with (
        tempfile.TemporaryDirectory(prefix="fabrique-rush-") as folder,
        Instance(Path(folder)) as served,
    ):
        environment = served._environment()  # noqa: SLF001 - ours
        pool = int(_ask(environment, MAKE, str(seats)))
        address = f"http://127.0.0.1:{served.port}"
        answered = asyncio.run(_rush(address, pool, people, seconds))
        rows = json.loads(_ask(environment, COUNT))
    _check(answered, rows, people, seats)
    waits = sorted(one["took"] for one in answered)
    return [
        Measure(
            f"rush: {people} registrations in {seconds:g} s, slowest", [waits[-1]], "s", MOST_WAIT
        ),
        Measure("rush: 95th percentile", [percentile(waits, 0.95)], "s"),
        Measure("rush: median", [percentile(waits, 0.5)], "s"),
    ]


async def _rush(address: str, pool: int, people: int, seconds: float) -> list[dict[str, Any]]:
    chance = random.Random(7)
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=120) as line:
        form = await line.get("/g/rush/register")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
        token = found[1] if found else ""
        start = time.monotonic() + 1
        at = sorted(start + chance.uniform(0, seconds) for _ in range(people))
        each = (_one(line, token, pool, n, moment) for n, moment in enumerate(at))
        return list(await asyncio.gather(*each))


async def _one(
    line: httpx.AsyncClient, token: str, pool: int, n: int, moment: float
) -> dict[str, Any]:
    await asyncio.sleep(moment - time.monotonic())
    email = f"p{n}@example.org"
    data = {
        "csrfmiddlewaretoken": token,
        "id": str(uuid.uuid4()),
        "name": f"P{n}",
        "email": email,
        "pool": str(pool),
    }
    asked = time.monotonic()
    sent = await line.post("/g/rush/register", data=data)
    kept = time.monotonic()
    shown = await line.get(sent.headers.get("location", "/nowhere"))
    took = time.monotonic() - asked
    status = sent.status_code, shown.status_code
    return {"email": email, "asked": asked, "kept": kept, "took": took, "status": status}


def _check(
    answered: list[dict[str, Any]], rows: list[tuple[str, str]], people: int, seats: int
) -> None:
    wrong = [one["status"] for one in answered if one["status"] != (303, 200)]
    assert not wrong, wrong  # noqa: S101 - this is what it is for
    states = [state for _, state in rows]
    assert states == ["confirmed"] * seats + ["waiting"] * (people - seats), states  # noqa: S101
    # Whoever was answered before another even asked is before them in the queue.
    when = {one["email"]: (one["asked"], one["kept"]) for one in answered}
    latest = 0.0
    for email, _ in rows:
        asked, kept = when[email]
        assert kept > latest, email  # noqa: S101
        latest = max(latest, asked)


def _ask(environment: dict[str, str], program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    return done.stdout


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:4]]
    for measure in measures(*map(int, given[:2]), *given[2:]):
        print(measure.row())
