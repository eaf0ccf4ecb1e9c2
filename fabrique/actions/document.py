"""Document: what a session leaves behind, taken from its journal."""

from __future__ import annotations

from fabrique.actions.export import export as exported
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.domain.report import from_archive
from fabrique.store.here import here, kinds, media
from fabrique.store.whole import whole as taken


def archive(session: int) -> bytes:
    """Write the open archive of a session; raise `LookupError` where there is none."""
    return form.write(whole(session))


def whole(session: int) -> Archive:
    """Read a session, its pictures in it; raise `LookupError` where there is none."""
    return taken(here(), session, media().carried)


def export(session: int) -> bytes:
    """Write the archive and the report in every form, as one file; raise `LookupError`."""
    found = whole(session)
    content = form.write(found)
    made = from_archive(content, found, kinds(), everything=True)
    return exported(content, made, Language(made.language))


def report(session: int, *, everything: bool) -> Report:
    """Make the report; `everything` for those who may take it all away, what was shown for others.

    Raises `LookupError` where there is no such session.
    """
    found = whole(session)
    return from_archive(form.write(found), found, kinds(), everything=everything)
