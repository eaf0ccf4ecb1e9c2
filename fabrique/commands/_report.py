"""From an archive to its documents, without any instance."""

from __future__ import annotations

import hashlib

from fabrique.domain.archive import Archive
from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import report
from fabrique.domain.session import Kinds, Session, fold


def make_report(archive: Archive, content: bytes, kinds: Kinds) -> Report:
    """Fold an archive and assemble its report; `content` is the archive's own bytes."""
    session = fold(Session(archive.plan), archive.entries, kinds)
    names = {one.id: one.name for one in archive.participants if one.name}
    return report(session, kinds, names, hashlib.sha256(content).hexdigest()[:16])


def render(made: Report, file_format: str, language: str | None = None) -> bytes:
    """Render a report as "html", "pdf" or "json", in its own language unless told."""
    suffixes = {one.suffix: one for one in discover("fabrique.formats").values()}
    content: bytes = suffixes[file_format].render(made, Language(language or made.language))
    return content
