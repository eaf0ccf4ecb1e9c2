"""The report as a PDF that screen readers can follow (PDF/UA-1), set by Typst.

Every word goes in as JSON data, never as markup; the page is drawn by `report.typ`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.formats.typst.document import Document

HERE = Path(__file__).parent
TEMPLATE = (HERE / "report.typ").read_bytes()
ONE_PICTURE = b"#image(bytes(json(bytes(sys.inputs.data))), format: sys.inputs.kind)"


class Pdf:
    """A4, tagged; the same report always gives the same bytes."""

    suffix = "pdf"
    media_type = "application/pdf"

    def render(self, report: Report, language: Language) -> bytes:
        """Set the report; nothing is read from disk or network but the fonts Typst carries."""
        data = json.dumps(Document(report, language, _opens).whole(), ensure_ascii=False)
        document = _compiler(TEMPLATE, {"data": data}).compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=int(report.ends_at.timestamp())
        )
        if not isinstance(document, bytes):
            raise TypeError(type(document))
        return document


def _opens(kind: str, data: bytes) -> bool:
    """Whether Typst can draw this picture: a damaged one must not take the report with it."""
    inputs = {"data": json.dumps(list(data)), "kind": kind}
    try:
        _compiler(ONE_PICTURE, inputs).compile(format="pdf")
    except typst.TypstError:
        return False
    return True


def _compiler(source: bytes, inputs: dict[str, str]) -> typst.Compiler:
    """Make a compiler that sees only this folder: one serves one thread, and costs little."""
    return typst.Compiler(source, root=str(HERE), font_paths=_fonts(), sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


KIND = Pdf()
