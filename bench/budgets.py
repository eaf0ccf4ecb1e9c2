"""`bin/check --budgets [--json FILE]`: weights, times and sizes of pages against their limits."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench import weigh
from bench.browser import Watch, chromium
from bench.instance import Instance
from bench.weigh import Scales


class Budget(Struct, frozen=True):
    """A figure and its limit: the most, or the least where more is better."""

    name: str
    value: float
    unit: str
    limit: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value >= self.limit if self.least else self.value <= self.limit

    def row(self) -> str:
        """Give a line of the table."""
        sign = "≥" if self.least else "≤"
        said = "" if self.kept else "**over**"
        cells = (self.name, f"{self.value:.4g} {self.unit}", f"{sign} {self.limit:g}", said)
        return "| " + " | ".join(cells) + " |"

    def data(self) -> dict[str, Any]:
        """Give the form that docs/formats.md names Budgets."""
        own = {"name": self.name, "value": self.value, "unit": self.unit, "limit": self.limit}
        return own | {"kept": self.kept}


def budgets() -> Iterator[Budget]:
    """Measure everything, one thing after the other."""
    with (
        tempfile.TemporaryDirectory(prefix="fabrique-budgets-") as folder,
        Instance(Path(folder)) as instance,
        chromium() as browser,
    ):
        scales = Scales(instance, browser, Watch(), Path(folder))
        for measure in MEASURES:
            yield from measure(scales)
        strangers = len(scales.watch.strangers)
        yield Budget("third_party_requests", strangers, "requests", 0)


def _join(scales: Scales) -> Iterator[Budget]:
    page = weigh.join(scales)
    yield Budget("join_kb", page.kilobytes, "KB", 30)
    yield Budget("join_requests", page.requests, "requests", 5)
    yield Budget("join_nodes", page.elements, "elements", 120)
    yield Budget("join_ecoindex", page.ecoindex, "", 90, least=True)


def _slow_join(scales: Scales) -> Iterator[Budget]:
    yield Budget("join_slow3g_s", weigh.slow_join(scales), "s", 2)


def _phone(scales: Scales) -> Iterator[Budget]:
    page = weigh.phone(scales)
    yield Budget("phone_kb", page.kilobytes, "KB", 100)
    yield Budget("phone_requests", page.requests, "requests", 8)
    yield Budget("phone_nodes", page.elements, "elements", 380)
    yield Budget("phone_ecoindex", page.ecoindex, "", 80, least=True)


def _cafe(scales: Scales) -> Iterator[Budget]:
    yield Budget("cafe_phone_kb", weigh.cafe(scales), "KB", 300)


def _report(scales: Scales) -> Iterator[Budget]:
    yield Budget("report_ecoindex", weigh.report(scales).ecoindex, "", 70, least=True)


def _axe(scales: Scales) -> Iterator[Budget]:
    found = weigh.axe(scales)
    for line in found:
        print(line, file=sys.stderr)
    yield Budget("axe_violations", len(found), "elements", 0)


MEASURES: tuple[Callable[[Scales], Iterator[Budget]], ...] = (
    *(_join, _slow_join, _phone, _cafe, _report, _axe),
)


def main() -> int:
    """Print the table, write the file, say by the exit code whether all is kept."""
    parser = argparse.ArgumentParser(prog="bin/check --budgets")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    print("| budget | measured | limit | |\n|---|---:|---:|---|")
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
