"""A measure: repeated, its median kept beside its spread and its target."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from msgspec import Struct


class Measure(Struct, frozen=True):
    """`values` are of one run each, in `unit`; `target` is the most wanted, or the `least`."""

    name: str
    values: Sequence[float]
    unit: str
    target: float | None = None
    least: bool = False

    @property
    def value(self) -> float:
        """Give the median of the runs."""
        return median(self.values)

    def row(self) -> str:
        """Give a line of the table."""
        low, high = min(self.values), max(self.values)
        sign = "≥" if self.least else "≤"
        target = f"{sign} {self.target:g} {self.unit}" if self.target is not None else ""
        spread = f"{low:.3g} – {high:.3g}"
        cells = (self.name, f"{self.value:.3g} {self.unit}", spread, len(self.values), target)
        return "| " + " | ".join(map(str, cells)) + " |"

    def data(self) -> dict[str, Any]:
        """Give the form that fabrique.bench/1 wants."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "reference": self.target,
            "runs": len(self.values),
            "spread": [min(self.values), max(self.values)],
        }


def percentile(values: Sequence[float], share: float) -> float:
    """Give the smallest value that `share` of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
