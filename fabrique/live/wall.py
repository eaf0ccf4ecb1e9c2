"""A big screen that keeps one wall all along, whatever else is open: ideas, notes, a text.

Such a screen asks for `wall:STEP` where another names its group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from fabrique.domain.contributions import ITEM, Pool
from fabrique.domain.plan import Plan
from fabrique.domain.run import Run
from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.tables import side_by_side
from fabrique.domain.view import Part

WALL = "wall:"


class Wall(Struct, frozen=True):
    """A wall with nothing on it yet; without a title, no step of the running order."""

    title: str


def step_of(wanted: str | None) -> str | None:
    """Give the step whose wall a screen keeps; None where it shows what is on."""
    return wanted.removeprefix(WALL) if wanted and wanted.startswith(WALL) else None


def walls(plan: Plan, kinds: Kinds) -> list[tuple[str, str]]:
    """Give the steps whose wall a screen may keep: those that fill under everybody's eyes."""
    return [(one.id, one.title) for one in plan.steps if kinds[one.kind].shared]


def runs(session: Session, step: str) -> list[Run]:
    """Give the last opening of a step, at every table where the room is split."""
    if all(one.id != step for one in session.plan.steps):
        return []
    found = session.runs_of(step)
    return side_by_side(session, found[-1]) if found else []


def bare(session: Session, step: str) -> Part:
    """Give what a wall says before its step opens."""
    title = next((one.title for one in session.plan.steps if one.id == step), "")
    return Part("session-wall", "wall", Wall(title), "now", kind=FAMILY)


def settled(parts: Iterable[Part], shown: Sequence[Run]) -> list[Part]:
    """Give every contribution its place in order of writing: nothing moves when it is liked."""
    places = {
        f"{run.id}:{ITEM}:{item}": place
        for run in shown
        if isinstance(run.state, Pool)
        for place, item in enumerate(run.state.items)
    }
    return [structs.replace(one, rank=places.get(one.key, one.rank)) for one in parts]
