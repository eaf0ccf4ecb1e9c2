"""The report as a text document, to be reworked in Word or LibreOffice."""

from __future__ import annotations

from fabrique.domain.blocks import Report
from fabrique.domain.language import Language


class Docx:
    """Office Open XML; the same report always gives the same bytes."""

    suffix = "docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def render(self, report: Report, language: Language) -> bytes:
        """Write the document: titles, lists and tables are marked as such, pictures have words."""
        # Loaded only when a document is asked for: the other formats do not wait for it.
        from fabrique.formats.docx.document import Writer  # noqa: PLC0415

        return Writer(report, language).whole()


KIND = Docx()
