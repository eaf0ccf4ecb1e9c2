"""An instance of its own on loopback, with one session of the café, to measure from outside.

Run as a program it serves, and notes when each frame for phones was made: `SEQ NANOSECONDS` lines.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench.instance import free_port

CAFE = Path(__file__).parent.parent / "fabrique" / "commands" / "cafe.json"


class Served(Struct):
    """Where the session is, its tokens, and the notes of the server (seq → nanoseconds)."""

    address: str
    console: str
    seats: list[str]
    notes: Path

    def made(self) -> dict[int, int]:
        """Read when each frame was made."""
        lines = self.notes.read_text().split("\n")
        return {int(a): int(b) for a, b in (line.split() for line in lines if " " in line)}


@contextlib.contextmanager
def served(people: int) -> Iterator[Served]:
    """Serve a session with seats for `people`, for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="fabrique-bench-") as folder:
        port = free_port()
        environment = os.environ | {
            "FABRIQUE_DATA": folder,
            "FABRIQUE_URL": f"http://127.0.0.1:{port}",
        }
        command = [sys.executable, "-m", "bench.server", str(port), str(people)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            told = json.loads(process.stdout.readline() if process.stdout else "")
            yield Served(**told, notes=Path(folder) / "notes")
        finally:
            process.terminate()
            process.wait(timeout=20)


def _serve(port: int, people: int) -> None:
    from fabrique.commands._instance import wake  # noqa: PLC0415 - sets Django up

    wake()
    told = _session(port, people)
    from fabrique.web import asgi  # noqa: PLC0415 - needs Django to be set up

    with _note_frames():
        asgi.serve("127.0.0.1", port, ready=lambda: print(json.dumps(told), flush=True))


def _session(port: int, people: int) -> dict[str, Any]:
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up
    from fabrique.domain.registry import discover  # noqa: PLC0415
    from fabrique.importers.script import read_script  # noqa: PLC0415

    script = read_script(CAFE.read_bytes(), discover("fabrique.activities"))
    head = animate.create_session(script.plan)
    return {
        "address": f"http://127.0.0.1:{port}/live/{head.code}",
        "console": animate.facilitator_token(head.id),
        "seats": [animate.take_seat(head.id, f"Participant·e {n}") for n in range(people)],
    }


@contextlib.contextmanager
def _note_frames() -> Iterator[None]:
    from fabrique.live import audience  # noqa: PLC0415

    draw = audience.Audience.draw
    with open(Path(os.environ["FABRIQUE_DATA"]) / "notes", "w", buffering=1) as notes:  # noqa: PTH123

        def noting(self: Any, *arguments: Any) -> Any:
            patch = draw(self, *arguments)
            if patch is not None and self.screen == "phone":
                notes.write(f"{patch.seq} {time.monotonic_ns()}\n")
            return patch

        audience.Audience.draw = noting  # type: ignore[method-assign]
        yield
        audience.Audience.draw = draw  # type: ignore[method-assign]


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
