"""The report as data: fabrique.results/1, the same bytes for the same archive."""

from __future__ import annotations

import json

from fabrique.domain.blocks import Report
from fabrique.domain.language import Language


class Json:
    """`results.json`: keys sorted, two-space indent, UTF-8 unescaped, final newline."""

    suffix = "json"
    media_type = "application/json"

    def render(self, report: Report, language: Language) -> bytes:
        """Write the results; the language changes nothing."""
        options = {"indent": 2, "sort_keys": True, "ensure_ascii": False, "allow_nan": False}
        return f"{json.dumps(dict(report.results), **options)}\n".encode()  # type: ignore[arg-type]


KIND = Json()
