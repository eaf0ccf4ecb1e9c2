"""One of the people who want the same seats at the same moment: a process of its own.

`python -m bench.race POOLS ATTEMPTS FIRST LOCK BREATH`: registers, and prints what it became
of, a word an attempt. `LOCK` is "held", or "free": the negative control, which does not write the
pool's row first and, on SQLite, opens no transaction either, for those of this house lock by
themselves. Either way it breathes so many seconds between counting and writing, as a busy machine
does.
"""
# ruff: noqa: PLC0415 - needs Django to be set up

from __future__ import annotations

import contextlib
import importlib
import itertools
import sys
import time
import uuid
from typing import Any


def main(pools: list[int], attempts: int, first: int, lock: str, breath: float = 0.0) -> None:
    """Run."""
    from fabrique.commands._instance import wake

    wake()
    from django.db import connection, transaction
    from django.utils import timezone

    from fabrique.actions import seats
    from fabrique.actions.seats import hold
    from fabrique.domain.text import Invalid
    from fabrique.domain.tier import Tier

    entering = importlib.import_module("fabrique.actions.seats.enter")
    count = entering.settle

    def breathing(*args: Any) -> Any:
        room = count(*args)
        time.sleep(breath)
        return room

    entering.settle = breathing
    if lock == "free":
        hold.write_first = lambda _pool: 1
        if connection.vendor == "sqlite":
            transaction.atomic = lambda *_a, **_k: contextlib.nullcontext()
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    for pool, n in itertools.product(pools, range(attempts)):
        who = f"p{first}-{n}"
        asked = seats.Entry(
            id=uuid.uuid4(), pool=pool, email=f"{who}@example.org", name=who, tier=Tier.GUEST
        )
        try:
            print(seats.enter(asked, timezone.now()).state)
        except Invalid as error:
            print("refused", error, file=sys.stderr)
            print("refused")
        except Exception as error:  # noqa: BLE001 - counted by who started this
            print(type(error).__name__, error, file=sys.stderr)
            print("error")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1].split(",")]
    main(given, int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], float(sys.argv[5]))
