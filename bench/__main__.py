"""`bin/bench NAME [--json FILE]`: measure, print a table, and write fabrique.bench/1."""

from __future__ import annotations

import argparse
import json
import platform
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench import (
    house,
    minutes,
    paper,
    plan_meetings,
    plan_pairs,
    plan_programme,
    plan_tables,
    plan_workshops,
    recording,
    replay,
    room,
    rush,
    search,
)
from bench.measure import Measure

BENCHES = {
    "replay": replay.measures,
    "room": room.measures,
    "house": house.measures,
    "rush": rush.measures,
    "minutes": lambda: [
        *recording.measures(),
        *paper.measures(),
        *minutes.measures(),
        *search.measures(),
    ],
    "plan": lambda: [
        *plan_workshops.measures(),
        *plan_pairs.measures(),
        *plan_tables.measures(),
        *plan_meetings.measures(),
        *plan_programme.measures(),
    ],
}
SHOWN = ("django", "uvicorn", "uvloop", "wsproto", "msgspec", "pysqlite3", "typst")
SHOWN_IF_THERE = ("av", "ctranslate2", "faster-whisper", "numba", "ortools", "scipy")


def main() -> None:
    """Run one bench, or all of them."""
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("name", nargs="?", choices=[*BENCHES, "all"], default="all")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="docs/benchmarks.md")
    options = parser.parse_args()
    names = BENCHES if options.name == "all" else [options.name]
    measures = [measure for name in names for measure in BENCHES[name]()]
    print(machine())
    print(table(measures))
    if options.markdown:
        options.markdown.write_text(page(measures), encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(document(measures), indent=2) + "\n")


def table(measures: list[Measure]) -> str:
    """Lay the measures out as a Markdown table."""
    rows = ["| measure | median | spread | runs | target |", "|---|---:|---:|---:|---:|"]
    rows += [measure.row() for measure in measures]
    return "\n".join(rows)


def page(measures: list[Measure]) -> str:
    """Give docs/benchmarks.md."""
    today = datetime.now(UTC).date().isoformat()
    return (
        "# Benchmarks\n"
        f"Written by `bin/bench all --markdown docs/benchmarks.md` on {today}; {machine()}. "
        "The clients run on the same machine. Each figure is the median of its runs; `bench/` "
        "says what is measured.\n\n" + table(measures) + "\n"
    )


def document(measures: list[Measure]) -> dict[str, Any]:
    """Give fabrique.bench/1."""
    return {
        "format": "fabrique.bench/1",
        "machine": machine(),
        "versions": versions(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "measures": [measure.data() for measure in measures],
    }


def versions() -> dict[str, str]:
    """Say which versions were measured."""
    found = {"python": platform.python_version()} | {name: version(name) for name in SHOWN}
    for name in SHOWN_IF_THERE:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def machine() -> str:
    """Say what this was measured on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    cores = sum(
        line.startswith("processor") for line in Path("/proc/cpuinfo").read_text().splitlines()
    )
    load = Path("/proc/loadavg").read_text().split()[0]
    return f"{cores} cores, {cpu}, {platform.system()} {platform.release()}, load {load} before"


if __name__ == "__main__":
    main()
