"""Document: what a session leaves behind, taken from its journal."""

from __future__ import annotations

from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.store.here import here, plan_of


def archive(session: int) -> bytes:
    """Write the open archive of a session; raise `LookupError` where there is none."""
    return form.write(whole(session))


def whole(session: int) -> Archive:
    """Read a session with all its lines and names; raise `LookupError` where there is none."""
    journal = here()
    head = journal.head(session)
    people = tuple(journal.names(session).values())
    return Archive(plan_of(head), people, tuple(journal.read(session)))
