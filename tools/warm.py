"""Compile what solves plans, once: whoever asks for the first plan does not wait for it.

Run as `python -m tools.warm`. Numba keeps what it compiles beside the source.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fabrique.__main__ import main as fabrique
from tests.solvers.programme.small import sheets, workbook

TRADES = ("sound", "light", "stage")


def main() -> int:
    """Solve one small problem of each kind that has something to compile."""
    with tempfile.TemporaryDirectory(prefix="fabrique-") as name:
        folder = Path(name)
        for arguments in _problems(folder):
            given = ["plan", *arguments, "--out", str(folder / "plan.json"), "--seconds", "2"]
            with contextlib.redirect_stderr(io.StringIO()) as said:
                code = fabrique(given)
            if code:
                print(f"warm: {arguments[0]}: {said.getvalue().strip()}", file=sys.stderr)
                return code
    return 0


def _problems(folder: Path) -> Iterator[list[str]]:
    people = [f"p{n},{TRADES[n % 3]}" for n in range(18)]
    room = [_write(folder, "people.csv", "\n".join(["id,trade", *people])), "--tables", "3"]
    yield ["tables", *room, "--rounds", "4"]
    (folder / "plan.json").replace(folder / "held.json")
    absent = _write(folder, "absent.csv", "p0\n")
    held = ["--locked", str(folder / "held.json"), "--played", "1", "--absent", absent]
    yield ["tables", *room, "--rounds", "4", *held]
    yield ["meetings", _write(folder, "meetings.json", json.dumps(_meetings()))]
    yield ["programme", _write(folder, "programme.json", json.dumps(_programme()))]
    (folder / "conference.xlsx").write_bytes(workbook(sheets()))
    yield ["programme", str(folder / "conference.xlsx")]


def _write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def _meetings() -> dict[str, object]:
    people = [{"id": one} for one in "abcdefgh"]
    wishes = [{"from": a, "to": b} for a in "abcd" for b in "efgh"]
    return {
        "format": "fabrique.meetings/1",
        "slots": [{} for _ in range(6)],
        "tables": 4,
        "people": people,
        "wishes": [*wishes[:-1], {**wishes[-1], "after": [1]}],
    }


def _programme() -> dict[str, object]:
    items = [{"id": f"i{n}", "voices": [{"id": f"v{n % 5}"}]} for n in range(8)]
    wishes = {f"p{n}": [f"i{(n * k) % 8}" for k in (1, 3, 4)] for n in range(12)}
    return {
        "format": "fabrique.programme/1",
        "slots": [{"id": f"s{n}"} for n in range(4)],
        "rooms": [{"id": "r1"}, {"id": "r2"}],
        "items": items,
        "wishes": {who: list(dict.fromkeys(wanted)) for who, wanted in wishes.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
