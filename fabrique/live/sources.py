"""On the console: from which activities the cards of this one may come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from fabrique.domain.bringing import travellers
from fabrique.domain.run import Run
from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.tables import group_of
from fabrique.domain.view import Part

NOW = "now"  # id of the list of what is on


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


def panels(
    session: Session, kinds: Kinds, runs: Sequence[Run], places: Mapping[str, str]
) -> list[Part]:
    """Give a panel for each run that takes cards, where there are some to take.

    It stands with its run: at a table if `places` says so.
    """
    found = []
    for target in runs:
        if kinds[target.definition.kind].receives and session.ended_at is None:
            sources = tuple(_sources(session, kinds, target))
            columns = getattr(target.definition, "columns", ())
            if sources:
                view = Sources(target.id, target.definition.title, columns, sources)
                within = places.get(target.id, NOW)
                found.append(Part(f"bring-{target.id}", "bring", view, within, 1000, FAMILY))
    return found


def _sources(session: Session, kinds: Kinds, target: Run) -> list[Source]:
    """Give the latest first; what a plenary run took over from tables is brought from there."""
    runs = [run for run in reversed(session.runs.values()) if run is not target]
    taken = {one for run in session.runs.values() for one in run.gathered}
    found = ((run, len(travellers(kinds, run, target))) for run in runs if run.id not in taken)
    return [Source(run.id, _title(session, run), n) for run, n in found if n]


def _title(session: Session, run: Run) -> str:
    group = group_of(session, run)
    return f"{run.definition.title} · {group.title}" if group else run.definition.title
