"""Minutes of sixty pages and more, set as a PDF that screen readers can follow."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime

import pypdf

from bench.measure import Measure
from fabrique.domain.article import Article, Part, Passage, to_report
from fabrique.domain.language import language
from fabrique.formats.typst import KIND as PDF

MOST = 2.0  # seconds
PAGES, RUNS = 60, 5
SENTENCE = "Nous avons compté les lieux qui prêtent leur matériel, et ce qu’il faudrait pour {n}."


def measures() -> list[Measure]:
    """Set it several times; raise `ValueError` where it is shorter than it should be."""
    report = to_report(_article(), {"z": "Zoé"}, "lundi 3 mai 2027")
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        content = PDF.render(report, language("fr"))
        seconds.append(time.perf_counter() - begun)
    if len(pypdf.PdfReader(io.BytesIO(content)).pages) < PAGES:
        raise ValueError(PAGES)
    return [Measure("pdf_60_pages_s", seconds, "s", MOST)]


def _article() -> Article:
    at = datetime(2027, 5, 3, 18, tzinfo=UTC)
    parts = tuple(
        Part(
            f"Partie {part}",
            tuple(
                Passage(SENTENCE.format(n=n), "written", sources=(f"Nina, à {n}:12",), by="z")
                for n in range(45)
            ),
        )
        for part in range(40)
    )
    return Article(
        title="Ce que nous avons fait",
        language="fr",
        starts_at=at,
        ends_at=at,
        timezone="Europe/Paris",
        validated_by="z",
        validated_at=at,
        number=1,
        drafters=(),
        fingerprint="0",
        parts=parts,
    )
