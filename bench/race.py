"""One of the people who want the same seats at the same moment: a process of its own.

`python -m bench.race POOLS ATTEMPTS FIRST LOCK BREATH [PATIENCE]`: registers, and prints what
became of it, a word an attempt. `LOCK` is "held"; or "bare": nobody stands in line, the database
alone counts; or "free", the negative control, which does not write the pool's row first either and,
on SQLite, opens no transaction, for those of this house lock by themselves. Each way it breathes so
many seconds between counting and writing, as a busy machine does. `PATIENCE`: for how many seconds
SQLite has somebody try again.
"""
# ruff: noqa: PLC0415 - needs Django to be set up

from __future__ import annotations

import contextlib
import importlib
import itertools
import sys
import time
import uuid
from typing import Any, NamedTuple


class Rules(NamedTuple):
    """How seats are raced for."""

    lock: str
    breath: float
    patience: float | None = None


def main(pools: list[int], attempts: int, first: int, rules: Rules) -> None:
    """Run."""
    from fabrique.commands._instance import wake

    wake()
    from django.db import connection

    _obey(rules)
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    for pool, n in itertools.product(pools, range(attempts)):
        print(_attempt(pool, f"p{first}-{n}"))


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
    main(given, int(sys.argv[2]), int(sys.argv[3]), rules)
