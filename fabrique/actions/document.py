"""Document: what a session leaves behind, taken from its journal."""

from __future__ import annotations

from fabrique.actions.export import export as exported
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.blocks import Report
from fabrique.domain.filtered import Filter, Only, filters, narrowed, with_filter
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


def report(session: int, *, everything: bool, only: Only | None = None) -> Report:
    """Make the report; `everything` for those who may take it all away, what was shown for others.

    `only` makes it of those who chose something. Raises `LookupError` where there is no such
    session, `Invalid` where there is nothing such to choose, `Refused` for too few people.
    """
    found = whole(session)
    content = form.write(found)
    if only is None:
        return from_archive(content, found, kinds(), everything=everything)
    some, section = narrowed(found, kinds(), only)
    made = from_archive(content, some, kinds(), everything=everything)
    return with_filter(made, only, section)


def choices(session: int) -> tuple[Filter, ...]:
    """Give what the results of a session can be filtered by; raise `LookupError`."""
    return filters(whole(session), kinds())
