"""A report as the bytes of a format."""

from __future__ import annotations

from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.domain.registry import discover


def render(made: Report, suffix: str, language: str | None = None) -> bytes:
    """Render a report in the format that writes files of this suffix, in its own language."""
    formats = {one.suffix: one for one in discover("fabrique.formats").values()}
    content: bytes = formats[suffix].render(made, Language(language or made.language))
    return content
