"""What extracts are worth beside summaries that people wrote, and beside the first words."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from bench.debates import Debate
from fabrique.domain.passages import passages
from fabrique.domain.salience import chosen

WORDS = 160  # of an extract


class Extracts(Struct, frozen=True):
    """Mean ROUGE-1 (F) of extracts and of first words, by the best of three summaries or all."""

    best: float
    mean: float
    lead_best: float
    lead_mean: float


def extracts(found: list[Debate]) -> Extracts:
    """Compare extracts of 160 words with three summaries that people wrote, of any length.

    Words are lower-cased, parted at apostrophes, neither stemmed nor left out.
    """
    rows = [[*_rouge(_extract(one), one), *_rouge(_lead(one), one)] for one in found]
    return Extracts(*(sum(row[n] for row in rows) / len(rows) for n in range(4)))


def _extract(debate: Debate) -> str:
    texts = [one.text for one in passages(debate.transcript.cues)]
    return " ".join(texts[place] for place in chosen(texts, WORDS))


def _lead(debate: Debate) -> str:
    return " ".join(" ".join(cue.text for cue in debate.transcript.cues).split()[:WORDS])


def _rouge(text: str, debate: Debate) -> tuple[float, float]:
    scores = [_overlap(_counted(text), _counted(one)) for one in debate.summaries]
    return max(scores), sum(scores) / len(scores)


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())
