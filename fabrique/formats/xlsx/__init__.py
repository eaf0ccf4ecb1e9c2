"""The listings of a session as a workbook: a summary, then a sheet each."""

from __future__ import annotations

from fabrique.domain.blocks import Report
from fabrique.domain.language import Language


class Xlsx:
    """Office Open XML; the same report always gives the same bytes."""

    suffix = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def render(self, report: Report, language: Language) -> bytes:
        """Write the workbook; texts are texts, whatever they begin with."""
        # Loaded only when a workbook is asked for: the other formats do not wait for it.
        from fabrique.formats.xlsx.workbook import Book  # noqa: PLC0415

        return Book(report, language).whole()

    def sheets(self, report: Report, language: Language) -> bytes:
        """Write the listings alone, where there is no session to summarise."""
        from fabrique.formats.xlsx.workbook import Book  # noqa: PLC0415 - the same

        return Book(report, language).sheets()


KIND = Xlsx()
