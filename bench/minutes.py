"""Minutes: whether false sentences are caught and true ones left alone; what extracts are worth."""

from __future__ import annotations

from bench.debates import debates
from bench.extracts import extracts
from bench.falsified import measure
from bench.measure import Measure

# The least that is wanted, in percent; of false alarms, the most.
WANTED = {
    "true_quotes": 98,
    "corrupted": 100,
    "names": 100,
    "numbers": 85,
    "negations": 65,
}
MOST_ALARMS = 0.5
LEAST_R1, ABOVE_LEAD = 0.38, 0.03


def measures() -> list[Measure]:
    """Measure what needs the debates; nothing where they are absent."""
    found = debates()
    if not found:
        return []
    tallies = measure(found)
    told = extracts(found)
    return [
        *(_share(name, tallies[name].percent, least) for name, least in WANTED.items()),
        Measure("validator_false_alarms", [tallies["false_alarms"].percent], "%", MOST_ALARMS),
        Measure("validator_true_lines", [tallies["true_lines"].percent], "%"),
        Measure("extract_r1", [told.best], "ROUGE-1 F", LEAST_R1, least=True),
        Measure("extract_r1_lead", [told.lead_best], "ROUGE-1 F"),
        Measure("extract_r1_mean", [told.mean], "ROUGE-1 F"),
        Measure("extract_r1_mean_lead", [told.lead_mean], "ROUGE-1 F"),
    ]


def _share(name: str, percent: float, least: float) -> Measure:
    return Measure(f"validator_{name}", [percent], "%", least, least=True)
