"""On the console: from which activities the cards of this one may come."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from fabrique.domain.activity import Part, Run
from fabrique.domain.bringing import travellers
from fabrique.domain.session import FAMILY, Kinds, Session


class Source(Struct, frozen=True):
    """A run that was written in, and how much of it is not here yet."""

    run: str
    title: str
    n: int


class Sources(Struct, frozen=True):
    """What may be brought into a run."""

    run: str
    title: str
    columns: tuple[str, ...]
    sources: tuple[Source, ...]


def panels(session: Session, kinds: Kinds, runs: Sequence[Run], within: str) -> list[Part]:
    """Give a panel for each run that takes cards, where there are some to take."""
    found = []
    for target in runs:
        if kinds[target.definition.kind].receives and session.ended_at is None:
            sources = tuple(_sources(session, kinds, target))
            columns = getattr(target.definition, "columns", ())
            if sources:
                view = Sources(target.id, target.definition.title, columns, sources)
                found.append(Part(f"bring-{target.id}", "bring", view, within, 1000, FAMILY))
    return found


def _sources(session: Session, kinds: Kinds, target: Run) -> list[Source]:
    others = (run for run in session.runs.values() if run is not target)
    found = ((run, len(travellers(kinds, run, target))) for run in others)
    return [Source(run.id, run.definition.title, n) for run, n in found if n]
