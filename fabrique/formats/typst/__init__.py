"""The report as a PDF that screen readers can follow (PDF/UA-1), set by Typst.

Every word goes in as JSON data, never as markup; the page is drawn by `report.typ`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import typst

from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.formats.typst.document import Document

HERE = Path(__file__).parent
TEMPLATE = (HERE / "report.typ").read_bytes()
ONE_PICTURE = b"#image(sys.inputs.name)"


class Pdf:
    """A4, tagged; the same report always gives the same bytes."""

    suffix = "pdf"
    media_type = "application/pdf"

    def render(self, report: Report, language: Language) -> bytes:
        """Set the report; Typst reads its pictures, the fonts it carries, and nothing else."""
        made = Document(report, language, _opens)
        data = json.dumps(made.whole(), ensure_ascii=False)
        at = int(report.ends_at.timestamp())
        return typeset_pdf(TEMPLATE, data, at, made.pictures)


def typeset_pdf(
    template: bytes, data: str, timestamp: int, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Set a template of ours with its data: tagged, the same bytes for the same words."""
    with _folder(pictures or {}) as root:
        compiler = _compiler(template, root, {"data": data})
        document = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=timestamp)
    if not isinstance(document, bytes):
        raise TypeError(type(document))
    return document


def _opens(kind: str, data: bytes) -> bool:
    """Whether Typst can draw this picture: a damaged one must not take the report with it."""
    name = f"one.{kind}"
    with _folder({name: data}) as root:
        try:
            _compiler(ONE_PICTURE, root, {"name": name}).compile(format="pdf")
        except typst.TypstError:
            return False
    return True


@contextmanager
def _folder(files: Mapping[str, bytes]) -> Iterator[str]:
    """Give a folder that holds `files` alone: Typst takes no bytes but as numbers, one by one."""
    with tempfile.TemporaryDirectory(prefix="fabrique-") as root:
        for name, content in files.items():
            (Path(root) / name).write_bytes(content)
        yield root


def _compiler(source: bytes, root: str, inputs: dict[str, str]) -> typst.Compiler:
    """Make a compiler that sees only `root`: one serves one thread, and costs little."""
    return typst.Compiler(source, root=root, font_paths=_fonts(), sys_inputs=inputs)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


KIND = Pdf()
