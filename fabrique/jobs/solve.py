"""The child that solves: `python -m fabrique.jobs.solve FOLDER` reads `problem.json` there.

It says how far it is, then what it found, a line of JSON each: `{"share"}`, `{"done": solution}`,
or `{"no": Text, "impossible": bool}`. It sees no table, no secret, and ends with its parent.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from fabrique.domain.registry import discover
from fabrique.domain.schema import read
from fabrique.domain.solution import Clocked, Impossible, Solution
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.limits import restrain

FILE = "problem.json"
MEMORY = 4 << 30  # bytes of address space: what compiles asks for more than it uses
PROCESSOR = 900  # seconds
OFTEN = 0.5  # seconds between two lines of progress


class Order(msgspec.Struct, frozen=True):
    """What to solve: a kind, its problem as plain values, a seed, the seconds it may take."""

    kind: str
    problem: dict[str, Any]
    seed: int
    seconds: float


def solved(order: Order, told: Any = None) -> Solution:
    """Solve; raise `Invalid`, `Impossible`."""
    kind = discover("fabrique.solvers")[order.kind]
    watch = Clocked(time.monotonic, order.seconds, time.monotonic(), told)
    found: Solution = kind.solve(read(order.problem, kind.problem), order.seed, watch)
    return found


def main() -> None:
    """Solve what lies in the folder, and say it."""
    restrain(MEMORY, PROCESSOR)
    order = msgspec.json.decode((Path(sys.argv[1]) / FILE).read_bytes(), type=Order)
    try:
        say({"done": solved(order, Telling())})
    except Impossible as no:
        say({"no": no.text, "impossible": True})
    except Invalid as no:
        say({"no": no.text, "impossible": False})


class Telling:
    """Says how far the work is, not too often."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, share: float) -> None:
        """Say it."""
        now = time.monotonic()
        if now - self._last >= OFTEN:
            self._last = now
            say({"share": round(share, 3)})


def say(what: dict[str, Any | Text]) -> None:
    """Write one line."""
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
