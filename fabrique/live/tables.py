"""Small groups on screens: one's table on the phone, all of them side by side elsewhere.

Fragments have kind "groups"; their partials are those of `live/groups.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from fabrique.domain.groups import Group
from fabrique.domain.run import Phase, Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.step import Image
from fabrique.domain.tables import group_of, runs_of_groups
from fabrique.domain.view import Part
from fabrique.live.order import EVERYBODY, current_runs

KIND = "groups"
NOW, TABLES = "now", "tables"  # ids of lists; a table's own is `table-ID`

Names = Mapping[str, str]


class Band(Struct, frozen=True):
    """Where I am, on my phone: how many we are, and who takes the notes."""

    number: int
    title: str
    heads: int
    scribe: str
    held: bool  # somebody takes the notes, even without a name
    record: bool  # the step keeps one record a table: only the scribe writes


class Seat(Struct, frozen=True):
    """A table as the room finds it: its number, and how many people it has."""

    number: int
    title: str
    heads: int


class Seating(Struct, frozen=True):
    """Where everybody goes, before anything is open at the tables."""

    seats: tuple[Seat, ...]


class Tables(Struct, frozen=True):
    """A step as it goes at all tables."""

    step: str
    title: str
    instruction: str | None
    image: Image | None
    asks: bool
    phase: Phase  # open while one is, shown when all are
    tables: int
    done: int  # tables where it is closed
    gathers: bool
    gathered: bool


class Table(Struct, frozen=True):
    """One of them; `scribe` is empty where nobody takes the notes, or has no name."""

    id: str
    number: int
    title: str
    asks: bool
    phase: Phase
    answered: int
    joined: int
    scribe: str


def mine(session: Session, names: Names, group: str | None) -> list[Part]:
    """Give what a phone says of its own group."""
    found = session.groups.find(group) if group else None
    if found is None:
        return []
    scribe = session.groups.scribes.get(found.id)
    runs = [run for run in current_runs(session, found.id) if run.group == found.id]
    asked = any(run.definition.scribe and run.phase is Phase.OPEN for run in runs)
    band = Band(
        found.number,
        found.name,
        session.people.heads(session.groups.people(found.id)),
        names.get(scribe, "") if scribe else "",
        scribe is not None,
        asked,
    )
    return [part("band", band, "session-group", NOW, -1)]


def on_stage(session: Session, wanted: str | None) -> str | None:
    """Give the group that a stage shows: its own if it has one, else what the facilitator chose."""
    own = session.groups.find(wanted) if wanted else None
    return own.id if own else session.groups.shown or EVERYBODY


def one_step(runs: list[Run]) -> list[Run]:
    """Give what a stage has room for: the step that was last given it."""
    if not runs:
        return runs
    last = max(runs, key=lambda run: run.staged).definition.id
    return [run for run in runs if run.definition.id == last]


def seating(session: Session, runs: Sequence[Run]) -> list[Part]:
    """Give where everybody goes, until something opens."""
    groups = session.groups
    if not groups.now or any(run.staged > groups.since for run in runs):
        return []
    heads = session.people.heads
    seats = tuple(Seat(one.number, one.name, heads(groups.people(one.id))) for one in groups.now)
    return [part("seating", Seating(seats), "session-seating", NOW)]


def side_by_side(
    session: Session, kinds: Kinds, screen: str, names: Names, runs: Sequence[Run]
) -> tuple[list[Part], dict[str, str]]:
    """Give the frame of every table with something on, and the list that each run goes into."""
    frames: list[Part] = []
    places: dict[str, str] = {}
    for step in dict.fromkeys(run.definition.id for run in runs if run.group is not None):
        at = [run for run in runs if run.group is not None and run.definition.id == step]
        held = f"{TABLES}-{step}"
        head = _head(session, kinds, at)
        frames.append(part(f"tables-{screen}", head, held, NOW, len(frames)))
        for run in at:
            if group := group_of(session, run):
                table = _table(session, kinds, names, run, group)
                key = f"table-{run.id}"
                frames.append(part(f"table-{screen}", table, key, f"{held}-list", group.number))
                places[run.id] = f"{key}-list"
    return frames, places


def _head(session: Session, kinds: Kinds, runs: Sequence[Run]) -> Tables:
    definition = runs[0].definition
    activity = kinds[definition.kind]
    phases = {run.phase for run in runs}
    ids = {run.id for run in runs_of_groups(session, definition.id)}
    return Tables(
        step=definition.id,
        title=definition.title,
        instruction=definition.instruction,
        image=definition.image,
        asks=activity.asks,
        phase=next((one for one in (Phase.OPEN, Phase.CLOSED) if one in phases), Phase.REVEALED),
        tables=len(runs),
        done=sum(run.phase is not Phase.OPEN for run in runs),
        gathers=activity.gathers,
        gathered=any(ids & set(one.gathered) for one in session.runs_of(definition.id)),
    )


def _table(session: Session, kinds: Kinds, names: Names, run: Run, group: Group) -> Table:
    heads = session.people.heads
    return Table(
        group.id,
        group.number,
        group.name,
        kinds[run.definition.kind].asks,
        run.phase,
        heads(kinds[run.definition.kind].answered(run)),
        heads(run.joined),
        names.get(session.groups.scribes.get(group.id, ""), ""),
    )


def part(partial: str, view: Struct, key: str, within: str = "", rank: float = 0) -> Part:
    """Give a fragment of the groups."""
    return Part(key, partial, view, within, rank, KIND)
