"""People who want the same seats at the same moment, each a process of its own.

`python -m bench.race POOLS ATTEMPTS PROCESSES LOCK BREATH [PATIENCE]`: so many processes register,
and each prints what became of it, a word an attempt. `LOCK` is "held"; or "bare": nobody stands in
line, the database alone counts; or "free", the negative control, which does not write the pool's
row first either and, on SQLite, opens no transaction, for those of this house lock by themselves.
Each way it breathes so many seconds between counting and writing, as a busy machine does.
`PATIENCE`: for how many seconds SQLite has somebody try again.
"""
# ruff: noqa: PLC0415 - needs Django to be set up

from __future__ import annotations

import contextlib
import importlib
import itertools
import multiprocessing
import sys
import time
import uuid
from multiprocessing.synchronize import Barrier
from typing import Any, NamedTuple

PATIENCE = 60.0  # seconds for all of them to stand ready


class Rules(NamedTuple):
    """How seats are raced for."""

    lock: str
    breath: float
    patience: float | None = None


def main(pools: list[int], attempts: int, processes: int, rules: Rules) -> int:
    """Let them all go at once; give how many of them did not come to their end.

    Django is loaded once, then the process divides: connections and the file that is locked are
    opened after that, hence shared by nobody.
    """
    from fabrique.commands._instance import wake

    wake()
    from django.db import connections

    _obey(rules)
    connections.close_all()
    dividing = multiprocessing.get_context("fork")
    start = dividing.Barrier(processes, timeout=PATIENCE)
    runners = [
        dividing.Process(target=_run, args=(pools, attempts, n, start)) for n in range(processes)
    ]
    for one in runners:
        one.start()
    for one in runners:
        one.join()
    return sum(one.exitcode != 0 for one in runners)


def _run(pools: list[int], attempts: int, who: int, start: Barrier) -> None:
    """Connect, wait for everybody, register."""
    from django.db import connection

    connection.ensure_connection()
    start.wait()
    for pool, n in itertools.product(pools, range(attempts)):
        print(_attempt(pool, f"p{who}-{n}"), flush=True)


def _obey(rules: Rules) -> None:
    """Slow the counting down; take away what the rules say is not there."""
    from django.db import connection, transaction

    from fabrique.actions.seats import hold

    entering = importlib.import_module("fabrique.actions.seats.enter")
    count = entering.settle

    def breathing(*args: Any) -> Any:
        room = count(*args)
        time.sleep(rules.breath)
        return room

    entering.settle = breathing
    if rules.lock != "held":
        hold.in_line = contextlib.nullcontext
    if rules.lock == "free":
        hold.write_first = lambda _pool: 1
        if connection.vendor == "sqlite":
            transaction.atomic = lambda *_a, **_k: contextlib.nullcontext()
    if rules.patience is not None and connection.vendor == "sqlite":
        connection.close()  # waking may have opened it
        connection.settings_dict["OPTIONS"]["timeout"] = rules.patience


def _attempt(pool: int, who: str) -> str:
    """Want a seat; give what became of it."""
    from django.utils import timezone

    from fabrique.actions import seats
    from fabrique.domain.text import Invalid
    from fabrique.domain.tier import Tier

    asked = seats.Entry(
        id=uuid.uuid4(), pool=pool, email=f"{who}@example.org", name=who, tier=Tier.GUEST
    )
    try:
        return str(seats.enter(asked, timezone.now()).state)
    except Invalid as error:
        print("refused", error, file=sys.stderr)
        return "refused"
    except Exception as error:  # noqa: BLE001 - counted by who started this
        print(type(error).__name__, error, file=sys.stderr)
        return "error"


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1].split(",")]
    rules = Rules(sys.argv[4], *map(float, sys.argv[5:]))
    sys.exit(main(given, int(sys.argv[2]), int(sys.argv[3]), rules))
