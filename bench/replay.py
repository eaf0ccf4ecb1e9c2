"""The café, from a cold start of the command to its four files; and its PDF alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import Measure
from fabrique.commands._report import render
from fabrique.domain import archive
from fabrique.domain.blocks import Report
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive

CAFE = Path(__file__).parent.parent / "fabrique" / "commands" / "cafe.json"
RUNS = 5


def measures() -> list[Measure]:
    """Measure the replay and its PDF."""
    with tempfile.TemporaryDirectory() as folder:
        whole = [_replay(folder) for _ in range(RUNS)]
        made = _report(Path(folder) / "archive.json")
    return [
        Measure("replay_cafe_s", whole, "s", 3),
        Measure("report_pdf_s", [_timed_pdf(made) for _ in range(RUNS)], "s", 0.3),
    ]


def _replay(folder: str) -> float:
    command = [sys.executable, "-m", "fabrique", "replay", str(CAFE), "--out", folder]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def _report(path: Path) -> Report:
    kinds = discover("fabrique.activities")
    content = path.read_bytes()
    return from_archive(content, archive.read(content, kinds), kinds, everything=True)


def _timed_pdf(made: Report) -> float:
    start = time.perf_counter()
    render(made, "pdf")
    return time.perf_counter() - start
