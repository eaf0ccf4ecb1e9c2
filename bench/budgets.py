"""`bin/check --budgets [--json FILE]`: weights, times and sizes of pages against their limits."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench import hour, screens, slow, weigh
from bench.browser import Watch, chromium
from bench.instance import Instance
from bench.weigh import Scales, Weighed


class Budget(Struct, frozen=True):
    """A figure and its limit: the most, or the least where more is better.

    `ours` marks a limit that nobody asked for: set by who built the page, to be told when it grows.
    """

    name: str
    value: float
    unit: str
    limit: float
    least: bool = False
    ours: bool = False

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value >= self.limit if self.least else self.value <= self.limit

    def row(self) -> str:
        """Give a line of the table."""
        sign = "≥" if self.least else "≤"
        said = "" if self.kept else "**over**"
        whose = "ours" if self.ours else "asked"
        cells = (self.name, f"{self.value:.4g} {self.unit}", f"{sign} {self.limit:g}", whose, said)
        return "| " + " | ".join(cells) + " |"

    def data(self) -> dict[str, Any]:
        """Give the form that docs/formats.md names Budgets."""
        own = {"name": self.name, "value": self.value, "unit": self.unit, "limit": self.limit}
        return own | {"whose": "ours" if self.ours else "asked", "kept": self.kept}


class Limits(Struct, frozen=True):
    """What a page may weigh: the most of three, and the least EcoIndex."""

    kilobytes: float
    requests: int
    elements: int
    ecoindex: float
    ours: bool = True

    def over(self, name: str, page: Weighed) -> Iterator[Budget]:
        """Hold a page to its limits."""
        yield Budget(f"{name}_kb", page.kilobytes, "KB", self.kilobytes, ours=self.ours)
        yield Budget(f"{name}_requests", page.requests, "requests", self.requests, ours=self.ours)
        yield Budget(f"{name}_nodes", page.elements, "elements", self.elements, ours=self.ours)
        least = {"least": True, "ours": self.ours}
        yield Budget(f"{name}_ecoindex", page.ecoindex, "", self.ecoindex, **least)


JOIN = Limits(30, 5, 120, 90, ours=False)
PHONE = Limits(100, 8, 380, 80, ours=False)
STAGE = Limits(100, 8, 400, 80)
CONSOLE = Limits(100, 10, 1100, 60)
PREPARE = Limits(100, 10, 1800, 50)
MINE = Limits(30, 5, 150, 90)


def budgets() -> Iterator[Budget]:
    """Measure everything, one thing after the other."""
    with (
        tempfile.TemporaryDirectory(prefix="fabrique-budgets-") as folder,
        Instance(Path(folder)) as instance,
        chromium() as browser,
    ):
        scales = Scales(instance, browser, Watch(), Path(folder))
        for measure in (_join, _slow, _crowded, _hour, _report, _axe):
            yield from measure(scales)
        strangers = len(scales.watch.strangers)
        yield Budget("third_party_requests", strangers, "requests", 0)


def _join(scales: Scales) -> Iterator[Budget]:
    yield from JOIN.over("join", weigh.join(scales))


def _slow(scales: Scales) -> Iterator[Budget]:
    yield Budget("join_slow3g_s", slow.join(scales, slow.SLOW_3G), "s", 2)
    yield Budget("live_slow3g_s", slow.live(scales, slow.SLOW_3G), "s", 3)
    yield Budget("join_theatre_s", slow.join(scales, slow.THEATRE), "s", 6)
    yield Budget("live_theatre_s", slow.live(scales, slow.THEATRE), "s", 7, ours=True)


def _crowded(scales: Scales) -> Iterator[Budget]:
    room = weigh.crowded(scales)
    yield from PHONE.over("phone", weigh.phone(scales, room))
    yield from STAGE.over("stage", weigh.stage(scales, room))
    yield from CONSOLE.over("console", weigh.console(scales, room))
    yield from PREPARE.over("prepare", weigh.prepare(scales, room))
    yield from MINE.over("mine", weigh.mine(scales, room))


def _hour(scales: Scales) -> Iterator[Budget]:
    yield Budget("cafe_phone_kb", hour.cafe(scales), "KB", 300)


def _report(scales: Scales) -> Iterator[Budget]:
    yield Budget("report_ecoindex", weigh.report(scales).ecoindex, "", 70, least=True)


def _axe(scales: Scales) -> Iterator[Budget]:
    found = screens.barriers(scales)
    for line in found:
        print(line, file=sys.stderr)
    yield Budget("axe_violations", len(found), "elements", 0)


def main() -> int:
    """Print the table, write the file, say by the exit code whether all is kept."""
    parser = argparse.ArgumentParser(prog="bin/check --budgets")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    print("| budget | measured | limit | whose | |\n|---|---:|---:|---|---|")
    found = []
    for budget in budgets():
        print(budget.row(), flush=True)
        found.append(budget)
    if options.json:
        document = {"measures": [budget.data() for budget in found]}
        options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0 if all(budget.kept for budget in found) else 1


if __name__ == "__main__":
    sys.exit(main())
